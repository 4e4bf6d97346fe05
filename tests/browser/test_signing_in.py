"""Signing in with a second factor: an authenticator app, a recovery code, a passkey."""

import time

import pytest
from playwright.sync_api import expect

from factcheck.accounts.models import User
from factcheck.audit.models import Event
from tests.browser.conftest import PASSWORD, Visit, Visitor
from tests.codes import code

pytestmark = pytest.mark.browser
# A device with a screen lock that always says yes.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def press(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def heading(visitor: Visitor, words: str) -> None:
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(words)


def sign_out(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Sign out").click()
    heading(visitor, "Sign in")


def actions() -> list[str]:
    return list(Event.objects.order_by("id").values_list("action", flat=True))


def test_an_app_and_a_recovery_code(people: tuple[User, User], visit: Visit) -> None:
    visitor = visit(people[0])
    page = visitor.page
    visitor.go("/account/second-factor/")
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_text("Type the key instead").click()
    secret = page.locator("#authenticator-key").inner_text()
    page.get_by_label("Code").fill("000000" if code(secret, time.time()) != "000000" else "111111")
    press(visitor, "Set it up")
    expect(page.locator(".field .error")).to_be_visible()
    page.get_by_label("Code").fill(code(secret, time.time()))
    press(visitor, "Set it up")
    heading(visitor, "Your recovery codes")
    spare = page.locator(".codes li").first.inner_text()
    sign_out(visitor)

    visitor.sign_in("carla")
    heading(visitor, "Your second factor")
    visitor.go("/claims/")
    heading(visitor, "Sign in")
    visitor.sign_in("carla")
    page.get_by_label("Code").fill(code(secret, time.time()))
    press(visitor, "Sign in")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    sign_out(visitor)

    visitor.sign_in("carla")
    page.get_by_label("Code").fill(spare)
    press(visitor, "Sign in")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    # The app, and the recovery codes that come with it.
    assert actions().count("second_factor.added") == 2


def test_a_passkey(people: tuple[User, User], visit: Visit) -> None:
    visitor = visit()
    # A passkey belongs to a host name, never to a number.
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")
    page = visitor.page
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    visitor.go("/account/sign-in/")
    visitor.sign_in("edda")
    visitor.go("/account/second-factor/passkeys/add/")
    page.get_by_label("Name of the passkey").fill("My telephone")
    press(visitor, "Add it")
    heading(visitor, "Your recovery codes")
    sign_out(visitor)

    press(visitor, "Use a passkey")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.locator(".who")).to_contain_text("Edda Holm")
    sign_out(visitor)

    visitor.sign_in("edda", PASSWORD)
    heading(visitor, "Your second factor")
    press(visitor, "Use a passkey")
    expect(page.locator(".who")).to_contain_text("Edda Holm")

    visitor.go("/account/second-factor/passkeys/")
    expect(page.get_by_role("link", name="Rename My telephone")).to_be_visible()
    page.get_by_role("link", name="Remove My telephone").click()
    heading(visitor, "Remove My telephone?")
    press(visitor, "Remove it")
    heading(visitor, "Your passkeys")
    expect(page.get_by_role("heading", name="You have no passkey")).to_be_visible()
    sign_out(visitor)

    devices.send("WebAuthn.removeVirtualAuthenticator", device)
    assert [a for a in actions() if a.startswith("second_factor")] == [
        "second_factor.added",
        "second_factor.added",
        "second_factor.removed",
        "second_factor.removed",
    ]
