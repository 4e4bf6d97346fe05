"""The weights of words, kept by the database itself as rows come and go, for raw SQL and COPY too.

Each statement is one batch: its words are counted together and added to the counters, so that
weights are never rebuilt. The total's row is locked first, so that two batches wait for each other
and never deadlock. What the desk has published already is remembered here once.
"""

import json

from django.conf import settings
from django.db import migrations
from django.utils.dateparse import parse_date, parse_datetime

from claims.comparing import hash_of, searchable

WEIGHTS = """
CREATE FUNCTION claims_weigh(words_delta bigint, documents_delta bigint) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO claims_lexemetotal (id, documents, words)
    VALUES (1, greatest(documents_delta, 0), greatest(words_delta, 0))
    ON CONFLICT (id) DO UPDATE SET
        documents = claims_lexemetotal.documents + documents_delta,
        words = claims_lexemetotal.words + words_delta
$$;

CREATE FUNCTION claims_weigh_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_weigh(
        (SELECT coalesce(sum(length(lexemes)), 0) FROM added), (SELECT count(*) FROM added));
    INSERT INTO claims_lexeme (word, documents)
    SELECT word, count(*) FROM added, unnest(tsvector_to_array(added.lexemes)) AS word GROUP BY word
    ON CONFLICT (word) DO UPDATE SET documents = claims_lexeme.documents + excluded.documents;
    RETURN NULL;
END $$;

CREATE FUNCTION claims_weigh_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_weigh(
        -(SELECT coalesce(sum(length(lexemes)), 0) FROM removed), -(SELECT count(*) FROM removed));
    UPDATE claims_lexeme kept SET documents = kept.documents - gone.documents
    FROM (
        SELECT word, count(*) AS documents
        FROM removed, unnest(tsvector_to_array(removed.lexemes)) AS word GROUP BY word
    ) gone WHERE gone.word = kept.word;
    RETURN NULL;
END $$;

CREATE FUNCTION claims_weigh_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM claims_lexeme;
    DELETE FROM claims_lexemetotal;
    RETURN NULL;
END $$;

CREATE TRIGGER claims_earlier_added AFTER INSERT ON claims_earlierclaim
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION claims_weigh_added();
CREATE TRIGGER claims_earlier_removed AFTER DELETE ON claims_earlierclaim
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION claims_weigh_removed();
-- An update takes the old words away and adds the new ones.
CREATE TRIGGER claims_earlier_old_words AFTER UPDATE ON claims_earlierclaim
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION claims_weigh_removed();
CREATE TRIGGER claims_earlier_new_words AFTER UPDATE ON claims_earlierclaim
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION claims_weigh_added();
CREATE TRIGGER claims_earlier_emptied AFTER TRUNCATE ON claims_earlierclaim
    FOR EACH STATEMENT EXECUTE FUNCTION claims_weigh_nothing();
"""
UNDO = """
DROP FUNCTION claims_weigh_added, claims_weigh_removed, claims_weigh_nothing CASCADE;
DROP FUNCTION claims_weigh(bigint, bigint);
"""


def remember_published(apps, schema_editor):
    earlier = apps.get_model("claims", "EarlierClaim")
    published = apps.get_model("claims", "Published").objects.select_related(
        "version", "verdict__claim__article"
    )
    for row in published.iterator():
        body = json.loads(row.body)
        claim, article = body["claim"], body["claim"]["article"]
        text = claim["text"]
        earlier.objects.create(
            source="own",
            verdict_id=row.verdict_id,
            text=text,
            summary=body["summary"],
            claimant=claim["claimant"],
            claimed_on=article["published_on"] and parse_date(article["published_on"]),
            rating_id=row.version.rating_id,
            rating_label=body["rating"]["label"],
            reviewer=body["desk"] or settings.DESK_NAME,
            url=body["url"],
            language=row.verdict.claim.article.language.partition("-")[0].lower(),
            reviewed_on=parse_datetime(body["published_at"]).date(),
            searchable=searchable(f"{text} {body['summary']}") or "-",
            text_hash=hash_of(text),
            noted_at=row.updated_at,
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_seen_before")]
    operations = [
        migrations.RunSQL(WEIGHTS, UNDO),
        migrations.RunPython(remember_published, migrations.RunPython.noop),
    ]
