"""The event's own authority: what it signs, for whom it may speak, and when it signs anew."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from facilitate.certificate import (
    find_certificate,
    make_certificate,
    renew_certificate,
    take_certificate,
)
from facilitate.config import read_settings
from facilitate.domain.refusal import Refused
from tests.support.hub import command_line

NOW = datetime(2027, 3, 1, tzinfo=UTC)
HERE = ["192.168.1.5", "hub", "hub.local"]


def trusts(folder: Path, name: str, when: datetime = NOW) -> bool:
    """Whether somebody who trusts the event's authority believes that the hub is `name`."""
    ca = x509.load_pem_x509_certificate((folder / "keys" / "ca.crt").read_bytes())
    leaf, *rest = x509.load_pem_x509_certificates((folder / "keys" / "hub.crt").read_bytes())
    verifier = PolicyBuilder().store(Store([ca])).time(when).build_server_verifier(x509.DNSName(name))
    try:
        verifier.verify(leaf, rest)
    except VerificationError:
        return False
    return True


def test_the_hub_is_believed_under_its_names_and_under_no_other(tmp_path: Path) -> None:
    made = make_certificate(tmp_path, ["hub.example.org"], HERE, NOW)
    assert made.names[:2] == ("hub.example.org", "192.168.1.5")
    assert all(trusts(tmp_path, name) for name in ("hub.example.org", "hub.local", "localhost"))
    assert not trusts(tmp_path, "bank.example.com")
    assert not trusts(tmp_path, "hub.example.org", NOW + timedelta(days=400))


def test_keys_are_read_by_their_owner_alone(tmp_path: Path) -> None:
    make_certificate(tmp_path, [], HERE, NOW)
    for name in ("ca.key", "hub.key"):
        assert stat.S_IMODE((tmp_path / "keys" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_the_authority_may_speak_for_the_event_alone(tmp_path: Path) -> None:
    make_certificate(tmp_path, ["hub.example.org"], HERE, NOW)
    ca = x509.load_pem_x509_certificate((tmp_path / "keys" / "ca.crt").read_bytes())
    allowed = ca.extensions.get_extension_for_class(x509.NameConstraints)
    assert allowed.critical
    names = {str(each.value) for each in allowed.value.permitted_subtrees or ()}
    assert {"hub.example.org", "local", "192.168.0.0/16"} <= names
    assert not names & {"org", "com", "example.org", "0.0.0.0/0"}


def test_a_new_name_needs_a_new_leaf_and_no_new_trust_where_the_authority_may_speak_for_it(
    tmp_path: Path,
) -> None:
    make_certificate(tmp_path, ["hub.example.org"], HERE, NOW)
    authority = (tmp_path / "keys" / "ca.crt").read_bytes()
    assert renew_certificate(tmp_path, HERE, NOW) is None
    renewed = renew_certificate(tmp_path, ["192.168.7.7", *HERE], NOW)
    assert renewed is not None
    assert renewed.names[0] == "hub.example.org"
    assert "192.168.7.7" in renewed.names
    assert (tmp_path / "keys" / "ca.crt").read_bytes() == authority
    make_certificate(tmp_path, ["elsewhere.example.net"], HERE, NOW)
    assert (tmp_path / "keys" / "ca.crt").read_bytes() != authority
    assert trusts(tmp_path, "elsewhere.example.net")


def test_a_leaf_is_renewed_before_it_ends(tmp_path: Path) -> None:
    first = make_certificate(tmp_path, [], HERE, NOW)
    assert renew_certificate(tmp_path, HERE, first.ends - timedelta(days=31)) is None
    renewed = renew_certificate(tmp_path, HERE, first.ends - timedelta(days=29))
    assert renewed is not None
    assert renewed.ends > first.ends


def test_a_certificate_of_others_is_taken_with_its_own_key_and_never_renewed_by_us(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    made = make_certificate(theirs, ["hub.example.org"], HERE, NOW)
    taken = take_certificate(ours, made.chain, made.key, NOW)
    assert (taken.names, taken.own) == (made.names, False)
    assert (ours / "keys" / "hub.key").read_bytes() == made.key.read_bytes()
    assert renew_certificate(ours, ["10.0.0.1"], NOW) is None
    other = make_certificate(tmp_path / "other", [], HERE, NOW)
    for chain, key, when in ((made.chain, other.key, NOW), (made.key, made.chain, NOW),
                             (made.chain, made.key, made.ends)):  # fmt: skip
        with pytest.raises(Refused) as refused:
            take_certificate(ours, chain, key, when)
        assert refused.value.code == "bad-certificate"
    assert find_certificate(ours) == taken


def test_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    for name in ("https://hub.example.org", "hub:8443", "*.example.org", " "):
        with pytest.raises(Refused) as refused:
            make_certificate(tmp_path, [name], HERE, NOW)
        assert refused.value.code == "bad-name"


def test_only_those_who_trust_the_authority_get_links_to_https(tmp_path: Path) -> None:
    event = str(tmp_path / "event")
    command_line("new", event, "--preset", "meeting")
    said = command_line("--event", event, "certificate", "--name", "hub.example.org")
    assert "Windows" in said and "iPhone" in said and "https://hub.example.org:8443" in said
    # The phones of those who vote were not taught to trust the event's authority.
    printed = command_line("--event", event, "links")
    assert "https://hub.example.org:8443/in/" not in printed
    assert "http://localhost:8080/in/" in printed
    settings = read_settings(event)
    assert "https://hub.example.org:8443" in settings.allowed_origins
    assert "https://localhost:8443" in settings.allowed_origins
    assert settings.https_base_for("facilitator") == "https://hub.example.org:8443"
    assert settings.https_base_for("delegate") is None
    everybody = replace(settings, https_own=False, https_port=443)
    assert everybody.https_base_for("delegate") == "https://hub.example.org"
