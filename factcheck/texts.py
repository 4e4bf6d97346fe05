"""The words for people of every error, by its code; one table for the whole house. Pure."""

TEXTS: dict[str, str] = {
    "not_allowed": "Your role does not allow this.",
    "not_found": "There is nothing here by that name.",
    # articles
    "article_empty": "The article is empty. Paste its text, choose a file or give its address.",
    "article_binary": "The file holds no readable text. Use text, Markdown, HTML, PDF or DOCX.",
    "article_too_large": "The article is larger than {limit}. Paste the part under check.",
    "article_undecodable": "The file's characters cannot be read. Save it as UTF-8 and try again.",
    "article_no_text": "No readable text was found in it.",
    "article_protected": "The file is protected by a password. Save it without one and try again.",
    "article_too_heavy": "Reading the file failed or took too long. Paste its text instead.",
    "article_unsupported_type": "Use text, Markdown, HTML, PDF or DOCX, not {media_type}.",
    "article_not_failed": "Only an article that could not be fetched can be tried again.",
    "article_not_ready": "The article's text has not arrived yet.",
    # claims
    "claim_span_invalid": "The marked passage does not lie inside the article's text.",
    "claim_span_taken": "This passage is already a claim.",
    "claim_text_empty": "A claim needs a sentence that says what is checked.",
    "claim_dismissed": "The claim was dismissed. Restore it first.",
    "claim_not_open": "The claim is a proposal still, or part of another claim.",
    "claim_not_proposed": "The claim is not a proposal.",
    "claim_sealed": "A submitted verdict rests on these words. Take it back into draft first.",
    "merge_apart": "Choose at least two claims of the same article.",
    "merge_has_work": "Only the first of the claims may have evidence or a verdict.",
    "nothing_to_undo": "You have nothing to undo in this article.",
    "undo_overtaken": "Somebody has worked on the claim since, so this can no longer be undone.",
    "claim_has_verdict": "The claim carries a verdict in progress, so it cannot be dismissed.",
    "dismissal_reason_unknown": "Choose one of the listed reasons.",
    # working together
    "assignment_taken": "{who} has it now.",
    "assignment_unfit": "{why}",
    "assignment_not_undoable": "There is no change of yours here that can still be undone.",
    "comment_empty": "Write something first.",
    "comment_too_long": "A comment has {limit} characters at the most.",
    "comment_words_missing": (
        "These words do not stand there. Copy them as they are written; save a draft first."
    ),
    "comment_fixed": "A comment can be changed for {minutes} minutes, and not once it is deleted.",
    "notification_wish_unknown": "Choose one of the listed settings.",
    # sources
    "source_address_refused": "{words}",
    "capture_not_failed": "This capture did not fail, so there is nothing to try again.",
    "capture_waiting": "This source is being captured already.",
    "capture_lease_lost": "Another worker has taken this capture over.",
    "watch_paused": "Somebody has paused this source already.",
    "watch_not_paused": "The source is watched already.",
    "upload_missing": "Choose a file.",
    "upload_empty": "The file is empty, so there is nothing to keep.",
    "upload_too_large": "The file is larger than {limit}. Nothing of it was kept.",
    "upload_protected": (
        "The file has a password, or is in the old format of Office (.doc, .xls). "
        "Save it as .docx or .xlsx without a password."
    ),
    "upload_nulls": (
        "The file is named as text but holds NUL bytes, so it is none. "
        "Save it again as CSV or text in UTF-8."
    ),
    "upload_unsupported": (
        "This kind of file is not kept. Use PDF, HTML, DOCX, XLSX, CSV, text or an image "
        "(PNG, JPEG, GIF, WebP, SVG)."
    ),
    "upload_no_room": "The archive's disk is full. Nothing of the file was kept.",
    "reading_no_text": "A document of this kind has no text to read.",
    "reading_not_failed": "This reading did not fail, or another is under way already.",
    "detail_unknown": "That is not one of a source's details.",
    "detail_too_long": "Use {limit} characters at the most.",
    "detail_day": "Write the day as YYYY-MM-DD.",
    "rendering_off": "No browser draws pages at this desk.",
    "rendering_not_a_page": "Only web pages (HTML) can be drawn by a browser.",
    "rendering_not_failed": "This drawing did not fail, so there is nothing to try again.",
    "rendering_waiting": "This page is being drawn already.",
    "rendering_lease_lost": "Another worker has taken this drawing over.",
    "export_empty": "There is no capture to put into the file.",
    "export_too_large": "One file holds at most {limit}. Choose fewer captures.",
    "archive_damaged": "The archive is damaged: it no longer has the bytes of {digest}.",
    "archive_away": "The archive cannot be reached just now ({reason}). Try again in a while.",
    "service_refused": "The service refused the question ({status}).",
    "service_not_found": "The service knows nothing at this address ({status}).",
    "service_moved": "The service sends us elsewhere ({status}), which is not followed.",
    "service_answer_too_large": "The service's answer is too large to be read.",
    "service_answer_cut": "The service's answer broke off.",
    "service_answer_unreadable": "The service's answer cannot be read.",
    "work_spent": "It broke off {limit} times, so it is not tried again by itself.",
    "work_lease_lost": "Another worker has taken this over.",
    "work_not_failed": "This did not fail, so there is nothing to try again.",
    "work_waiting": "This is under way already.",
    "stamp_refused": "The authority gave no time stamp: {reason}.",
    "stamp_wrong": "The time stamp is not one of this digest.",
    "stamp_untrusted": "The time stamp does not lead to a certificate that is trusted here.",
    "stamp_no_roots": "No certificates of the authority are set, so no time stamp can be checked.",
    "stamps_off": "No time stamping authority is configured at this desk.",
    "replicas_off": "No service for this is configured at this desk.",
    "replica_no_page": "A file that somebody gave has no address at which others could keep it.",
    "replica_refused": "The service did not keep the page: {reason}.",
    "replica_timed_out": "The service has not said in {minutes} minutes whether it kept the page.",
    "proposals_off": "No language model is configured at this desk.",
    "proposals_lease_lost": "Another worker has taken the question over.",
    "model_unreachable": "The language model cannot be reached.",
    "model_timeout": "The language model did not answer in time.",
    "model_refused": "The language model's service refused the question.",
    "model_busy": "The language model's service is busy.",
    "model_answer_too_large": "The language model's answer is too large to be read.",
    "model_answer_unreadable": "The language model's answer cannot be read.",
    # publishers
    "publisher_name": "Name the publisher, in {limit} characters at most.",
    "publisher_unknown": "No publisher is called so.",
    "publisher_taken": "“{words}” belongs to {name}. Merge the two, or take it away there first.",
    "publisher_domain": "This is no domain that somebody can register, such as example.org.",
    "publisher_owner_circle": "A publisher cannot be owned by what it owns.",
    "publisher_last_spelling": "The publisher is called so. Give it another name first.",
    "publisher_used": "Sources or other publishers belong to it. Merge it with another instead.",
    # evidence
    "quote_not_in_capture": "The quote does not stand in the archived text at that place.",
    "quote_empty": "Select the passage that bears on the claim.",
    "quote_too_long": "The passage is longer than {limit} characters. Select less.",
    "evidence_stance_unknown": "Choose whether the passage supports, refutes or gives context.",
    "source_not_cited": "The passage is of none of the article's sources.",
    "evidence_strength_unknown": (
        "Choose how far the passage settles the claim, or leave it open. What gives context"
        " settles nothing."
    ),
    "evidence_removed": "The passage was taken off or changed in the meantime. Look at it again.",
    "evidence_flagged": "A change of its source is flagged on this passage. Acknowledge it first.",
    "evidence_sealed": "The evidence belongs to a submitted verdict and cannot be removed.",
    # earlier verdicts
    "earlier_not_decided": "There is no decision on this earlier verdict to take back.",
    # feeds of other desks' reviews
    "feed_known": "This feed is in the list already.",
    "feed_name_missing": "Say who publishes the feed.",
    "feed_rhythm_unknown": "Choose how often the feed is fetched.",
    "feed_paused": "Somebody has paused this feed already.",
    "feed_not_paused": "The feed is not paused.",
    "feed_removed": "Somebody has removed this feed.",
    "feed_busy": "The feed is being fetched already.",
    "feed_cut": "Only a part of the feed arrived. Nothing of it was taken up.",
    "feed_unreadable": "The feed cannot be used as it is: {problems}. {kept}",
    # calculations
    "number_unreadable": "“{text}” cannot be read as one number.",
    "number_ambiguous": "“{text}” can be read as {one} or as {other}. Choose which it is.",
    "number_mixed_separators": "The separators of “{text}” fit no way of writing numbers.",
    "calculation_operation_unknown": "Choose what is to be calculated.",
    "calculation_inputs": "{operation} takes {wanted}. Choose them first.",
    "calculation_division_by_zero": "{name} is zero, and nothing can be divided by zero.",
    "calculation_base_negative": "Change and growth in percent need numbers above zero.",
    "calculation_units_differ": (
        "One number is in {one}, another in {other}. Only numbers of one unit, currency and"
        " period can stand in one sum."
    ),
    "calculation_too_large": "The result is too large to be kept.",
    "calculation_number_missing": "The number does not stand in the quote at that place.",
    "calculation_claim_missing": "Choose the number of the claim that the sum is about.",
    "calculation_reason_required": "Say where the typed number “{text}” comes from.",
    "calculation_sealed": "The calculation belongs to a submitted verdict and cannot be removed.",
    "calculation_unverified": "A calculation no longer gives what was attached: {figures}",
    "evidence_in_calculation": "A calculation uses this passage. Take the calculation off first.",
    # verdicts
    "stale_revision": "Somebody saved this draft after you opened it. Nothing of yours was lost.",
    "draft_held": "{who} is writing this draft, until {until} at least. Nothing of yours was lost.",
    "dates_in_disorder": (
        "A verdict holds as of a day that has come, and is looked at again after that day and after"
        " today."
    ),
    "interest_too_long": "Say it in 1,000 characters at most: readers see it.",
    "reply_incomplete": "The log needs more: {missing}.",
    "reply_too_long": "Use {limit} characters at the most.",
    "reply_corrected": "This entry was corrected already. Look at the log again.",
    "standard_unknown": "Choose one of the listed levels for each of the standards.",
    "block_unknown": "That is not a part of a verdict.",
    "claimant_too_long": "Name the claimant in {limit} characters at most.",
    "verdict_state_changed": "The verdict is {state} now, so this can no longer be done.",
    "verdict_incomplete": "{missing}",
    "verdict_own_work": "You worked on this verdict. Somebody else has to approve it.",
    "verdict_not_approved": "The verdict has no valid approval.",
    "verdict_digest_mismatch": "The verdict is not the one that was shown. Read it again first.",
    "emergency_reason_required": (
        "Say why it cannot wait for a second editor. Readers will see the reason."
    ),
    "verdict_under_embargo": "The verdict is under embargo until {until}.",
    "embargo_too_late": "Readers have seen this verdict already, so it cannot be kept back.",
    "schedule_in_past": "Choose a time that lies ahead.",
    "tag_invalid": "A tag needs a name that no other tag has, and 1 to 5 approvals.",
    "tag_sealed": "A submitted verdict rests on the tags. Take it back into draft first.",
    "opinion_person": "Choose somebody of the desk who did not work on this verdict.",
    "opinion_ended": "This second opinion was given or called off already.",
    "opinion_open": "A second opinion is awaited. Wait for it, or call it off.",
    "opinion_undecided": (
        "The second opinion has another rating. An editor decides between them first."
    ),
    "opinion_reason_required": "Give the reasons in a sentence or more.",
    "rating_unknown": "Choose a rating from the desk's scale.",
    "rating_of_other_scale": (
        "“{label}” is a rating of an earlier scale. Choose one of the current scale."
    ),
    "scale_unfit": "{faults}",
    "scale_not_draft": "This version of the scale is no draft any more.",
    "scale_stale": "Somebody changed this draft after you opened it. Read it again first.",
    "scale_language_stands": "The scale has labels in “{language}” already.",
    "reason_required": "Say why, in a sentence the checker can act on.",
    "evidence_unverified": "A quote no longer verifies against its archived capture: {quote}",
    "correction_kind_unfit": "{why}",
    "correction_overtaken": (
        "The version that this one replaces is not before readers any more. "
        "Send it back, so that it is submitted again against what readers see now."
    ),
    "nothing_to_correct": "Nothing of this verdict was published yet. Change the draft instead.",
    "withdrawal_proposed": (
        "An editor proposed to withdraw this verdict. Confirm or cancel that first."
    ),
    "withdrawal_own": "You proposed this withdrawal. Another editor has to confirm it.",
    "withdrawal_closed": "This withdrawal was confirmed or cancelled already.",
    "review_open": "The verdict is marked as under review already.",
    "review_closed": "Somebody has closed this review already.",
    "review_outcome_unfit": "{why}",
    "version_overtaken": "A later version was started since, so this one stays closed.",
    "public_reason_required": "Say why, in a sentence for readers.",
    "note_required": "Say in a sentence what you found.",
    "flag_acknowledged": "Somebody has acknowledged this change already.",
    # readers' reports and claimants' links
    "report_incomplete": "Say what is wrong.",
    "report_too_long": "Use {limit} characters at the most.",
    "report_throttled": (
        "Too many reports came from your address, so this one was not sent. What you wrote stands"
        " below: send it again in {minutes} minutes."
    ),
    "complaint_moved": "The report is {state} now, so this can no longer be done.",
    "complaint_same_person": "You looked into this report first. Somebody else has to decide.",
    "complaint_involved": (
        "You worked on this verdict or approved it, and another editor is there who did not."
    ),
    "complaint_outcome_unknown": "Choose what should become of the report.",
    "complaint_words_required": "Write it in words, {limit} characters at the most.",
    "complaint_duplicate_unknown": "No other report on this verdict has that reference.",
    "mail_off": "No mail server is configured at this desk.",
    "mail_refused": "The mail server did not take it: {reason}.",
    "mail_link_lost": "The link in it is no longer good. Make a new one.",
    "reply_link_asks": "Say what you ask the claimant, in {limit} characters at the most.",
    "reply_link_made": (
        "This link was made already, and a link is shown only once. Make a new one if it is lost."
    ),
    "reply_link_not_open": "An answer came through this link, so it cannot be taken back.",
    "reply_link_unknown": "This link leads nowhere. It may be mistyped or cut off.",
    "reply_link_used": "An answer has come through this link already.",
    "reply_link_expired": "This link has run out.",
    "reply_link_revoked": "The desk has taken this link back.",
    # accounts
    "sign_in_failed": "That name and password do not match.",
    "sign_in_throttled": "Too many attempts. Wait {minutes} minutes and try again.",
    "code_wrong": "That code is not right. An app's code works once and for half a minute.",
    "password_wrong": "That is not your password.",
    # people
    "name_taken": "Somebody at the desk has the username {username} already.",
    "email_taken": "Somebody at the desk has that e-mail address already.",
    "own_account": "You cannot do this to your own account. Ask another admin.",
    "last_admin": "The desk needs an admin. Make somebody else one first.",
    "only_editors_alone": "Only an editor can be allowed to publish alone.",
    "person_left": "{name} has no access to the desk. Give it back first.",
    "invitation_waiting": "An invitation to {email} is open already. Send it again instead.",
    "invitation_unknown": "This link is none of the desk's. Check that you have the whole of it.",
    "invitation_accepted": "This link has been used. Sign in with the name you chose.",
    "invitation_expired": "This link has expired. Ask the desk's admin for a new one.",
    "invitation_revoked": (
        "This invitation was taken back, or a newer one was sent. Look for the newest mail, or ask"
        " the desk's admin."
    ),
    # the API
    "invalid_cursor": "The cursor is not one that this API gave out.",
    "invalid_parameter": "The parameter {name} is not valid: {why}",
    "bundle_not_public": "Only a version that readers have seen can be taken away with its proof.",
    "key_required": "This address needs an API key: Authorization: Bearer fc_….",
    "invalid_key": "The API key is not known or was revoked.",
    "throttled": "Too many requests. Try again in {seconds} seconds.",
    "method_not_allowed": "This address does not answer {method}.",
    "not_acceptable": "This address answers application/json and application/ld+json.",
    "malformed_request": "The request could not be read.",
}
