"""What travels compressed, and what must not."""

import gzip

import brotli
import pytest
from flask.testing import FlaskClient

from tests.conftest import SignedIn
from workshop.platform import compression


def test_pages_travel_compressed(client: FlaskClient) -> None:
    plain = client.get("/help")
    assert "Content-Encoding" not in plain.headers
    for accepted, unpack in (("gzip, br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = client.get("/help", headers={"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == accepted.split()[-1]
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert len(plain.data) > 2 * len(answer.data)
        assert unpack(answer.data) == plain.data
    assert client.get("/help", headers={"Accept-Encoding": "gzip;q=0"}).headers.get("Content-Encoding") is None


@pytest.mark.parametrize("name", ["ana", "nobody"])
def test_pages_of_one_reader_do_too(as_: SignedIn, name: str) -> None:
    answer = as_(name).get("/account" if name == "ana" else "/sign-in", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "br"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_asks_for_in_the_name_of_a_reader_tells_nothing_by_its_length(
    as_: SignedIn, site: str
) -> None:
    elsewhere = {"Accept-Encoding": "br", "Sec-Fetch-Site": site}
    ana = as_("ana")
    answer = ana.get("/account", headers=elsewhere)
    assert len(answer.data) > compression.WORTH_IT
    assert "Content-Encoding" not in answer.headers
    assert "Content-Encoding" in ana.get("/account", headers=elsewhere | {"Sec-Fetch-Site": "same-origin"}).headers
    assert "Content-Encoding" in as_("nobody").get("/help", headers=elsewhere).headers
