"""What a client sends, and what is refused of it before a view sees it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import override_settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from bulkhead.api import Body, ComponentAPI, File, Form, Schema, UploadedFile
from tests.toolkit.api.calling import calling, document_of

JSON = "application/json"


class NoteIn(Schema):
    text: str
    marks: list[dict[str, str]] = []


def add_note(request: HttpRequest, note: NoteIn) -> str:
    return note.text


def show_note(request: HttpRequest, name: str, text: str = "") -> str:
    return f"{name}{text}"


def take_nothing(request: HttpRequest) -> str:
    return "nothing"


def fill_in(request: HttpRequest, text: Form[str], count: Form[int] = 1) -> str:
    return text * count


def take_files(request: HttpRequest, files: File[list[UploadedFile]], note: Form[str] = "") -> str:
    return f"{note}{[file.size for file in files]}"


def take_both(request: HttpRequest, file: UploadedFile, note: Body[NoteIn]) -> str:
    return f"{note.text}{file.size}"


@pytest.fixture
def api() -> ComponentAPI:
    api = ComponentAPI(title="Notes", auth=None)
    api.default_router.post("/notes")(add_note)
    api.default_router.get("/notes/{name}")(show_note)
    api.default_router.post("/forms")(fill_in)
    api.default_router.post("/files")(take_files)
    api.default_router.post("/both")(take_both)
    return api


class TestMediaType:
    @pytest.mark.parametrize(
        "media_type", [JSON, "application/json; charset=utf-8", "application/merge-patch+json", ""]
    )
    def test_of_a_body_is_one_of_json(self, api: ComponentAPI, media_type: str) -> None:
        with calling(api) as client:
            response = client.post("/api/notes", b'{"text": "x"}', content_type=media_type)

        assert response.json() == "x"

    @pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/jsonl"])
    def test_of_any_other_kind_is_refused(self, api: ComponentAPI, media_type: str) -> None:
        with calling(api) as client:
            response = client.post("/api/notes", b'{"text": "x"}', content_type=media_type)

        assert _problem(response) == {
            "type": "about:blank",
            "title": "Unsupported Media Type",
            "status": 415,
            "detail": f"The body is {media_type}. Send application/json.",
        }

    @pytest.mark.parametrize("accepted", ["text/html", "application/xml;q=1, */*;q=0", "nonsense"])
    def test_that_a_client_asks_for_is_passed_over(self, api: ComponentAPI, accepted: str) -> None:
        with calling(api) as client:
            response = client.get("/api/notes/a", headers={"Accept": accepted})
            problem = client.get("/api/notes", headers={"Accept": accepted})

        assert response.status_code == 200
        assert response["Content-Type"] == "application/json; charset=utf-8"
        assert _problem(problem)["status"] == 405


class TestNul:
    """A character that PostgreSQL takes in no text."""

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            (rb'{"text": "a\u0000"}', "#/text"),
            (rb'{"text": "a", "marks": [{}, {"b": "\u0000"}]}', "#/marks/1/b"),
            (rb'{"text": "a", "marks": [{"\u0000": "b"}]}', "#/marks/0"),
            (rb'"\u0000"', "#"),
        ],
    )
    def test_is_refused_in_a_body(self, api: ComponentAPI, body: bytes, pointer: str) -> None:
        with calling(api) as client:
            response = client.post("/api/notes", body, content_type=JSON)

        assert response.status_code == 422
        assert _problem(response)["errors"] == [_nul("body", pointer)]

    def test_is_not_what_only_looks_like_it(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/notes", rb'{"text": "a\\u0000"}', content_type=JSON)

        assert response.json() == r"a\u0000"

    @pytest.mark.parametrize("query", ["text=%00", "other=a%00b"])
    def test_is_refused_in_a_query(self, api: ComponentAPI, query: str) -> None:
        with calling(api) as client:
            response = client.get(f"/api/notes/a?{query}")

        name = query.partition("=")[0]
        assert _problem(response)["errors"] == [_nul("query", f"#/{name}")]

    @pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", None])
    def test_is_refused_in_a_form(self, api: ComponentAPI, content_type: str | None) -> None:
        body: Any = b"text=%00" if content_type else encode_multipart(BOUNDARY, {"text": "\0"})
        with calling(api) as client:
            response = client.generic(
                "POST", "/api/forms", body, content_type=content_type or MULTIPART_CONTENT
            )

        assert _problem(response)["errors"] == [_nul("form", "#/text")]

    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize(
        ("address", "headers"),
        [
            ("/api/nothing?a=%00", {}),
            ("/api/nothing?%00", {}),
            ("/api/nothing", {"X-Note": "\0"}),
            ("/api/nothing", {"Cookie": r'note="\000"'}),
        ],
    )
    def test_is_answered_as_documented_where_nothing_is_read(
        self, api: ComponentAPI, method: str, address: str, headers: dict[str, str]
    ) -> None:
        api.default_router.api_operation(["GET", "POST"], "/nothing")(take_nothing)

        with calling(api) as client:
            response = client.generic(method.upper(), address, headers=headers)

        documented = document_of(api, "/nothing", method)["responses"]
        assert response.status_code == (422 if headers else 200)
        assert response.status_code in documented

    def test_is_in_no_address(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            assert _problem(client.get("/api/notes/a%00b"))["status"] == 404


class TestRepeatedName:
    """Proxies and servers disagree on which of the values counts."""

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            (rb'{"text": "a", "text": "b"}', "#/text"),
            (rb'{"text": "a", "t\u0065xt": "a", "marks": []}', "#/text"),
            (rb'{"text": "a:", "marks": [{}, {"b": "c", "b": ":"}]}', "#/marks/1/b"),
            (rb'{"text": 1, "text": 2, "marks": [{"b": 3, "b": 4}]}', "#/text"),
            (rb'{"text": {"a/b": 1, "a/b": 2, "a/b": 3}}', "#/text/a~1b"),
        ],
    )
    def test_is_refused(self, api: ComponentAPI, body: bytes, pointer: str) -> None:
        with calling(api) as client:
            response = client.post("/api/notes", body, content_type=JSON)

        told = "This name stands more than once in its object. Send it once"
        assert _problem(response) == {
            "type": "urn:problem:bulkhead:RepeatedName",
            "title": "Repeated name",
            "status": 400,
            "detail": f"body {pointer}: {told}",
            "errors": [
                {"location": "body", "pointer": pointer, "code": "repeated_name", "detail": told}
            ],
        }

    @pytest.mark.parametrize(
        "text", [b"a: b: c", rb"\"text\":", rb"\\", b"12:30:00", rb"{\"a\":1,\"a\":2}"]
    )
    def test_is_not_what_stands_in_a_text(self, api: ComponentAPI, text: bytes) -> None:
        with calling(api) as client:
            body = b'{"text": "%s", "marks": [{"text": ":"}, {"text": ""}]}' % text
            response = client.post("/api/notes", body, content_type=JSON)

        assert response.status_code == 200


class TestText:
    @pytest.mark.parametrize("body", [rb'{"text": "\ud800"}', rb'{"text": "\udc00\ud800"}'])
    def test_has_no_half_of_a_character(self, api: ComponentAPI, body: bytes) -> None:
        with calling(api) as client:
            response = client.post("/api/notes", body, content_type=JSON)

        assert _problem(response)["type"] == "urn:problem:bulkhead:MalformedBody"

    def test_of_a_query_is_mended(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            assert client.get("/api/notes/a?text=%ed%a0%80%ff").status_code == 200


class TestForm:
    def test_is_read(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/forms", {"text": "x", "count": 3})

        assert response.json() == "xxx"

    def test_is_refused_where_a_field_does_not_fit(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/forms", {"text": "x", "count": "many"})

        [error] = _problem(response)["errors"]
        assert (error["location"], error["pointer"]) == ("form", "#/count")

    @override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_refused_with_too_many_fields(self, api: ComponentAPI, method: str) -> None:
        with calling(api) as client:
            response = (
                client.get("/api/notes/a?a=1&b=2&c=3")
                if method == "get"
                else client.post("/api/forms", {"text": "x", "count": 3})
            )

        assert _problem(response)["status"] == 400

    @override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=3)
    def test_is_refused_where_it_is_too_large(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post(
                "/api/forms", b"text=xxx", content_type="application/x-www-form-urlencoded"
            )

        assert _problem(response)["status"] == 413


class TestFiles:
    def test_are_read_beside_a_form(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/files", {"files": [_file("a"), _file("b")], "note": "n"})

        assert response.json() == "n[3, 3]"

    def test_are_read_beside_a_body(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/both", {"file": _file("a"), "note": '{"text": "x"}'})

        assert response.json() == "x3"

    def test_are_missed(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/files", {"note": "n"})

        [error] = _problem(response)["errors"]
        assert (error["location"], error["pointer"]) == ("file", "#/files")

    @pytest.mark.parametrize(
        "content_type",
        ["multipart/form-data", "multipart/form-data; boundary=\xe9", MULTIPART_CONTENT],
    )
    def test_are_refused_where_they_can_not_be_read(
        self, api: ComponentAPI, content_type: str
    ) -> None:
        with calling(api) as client:
            response = client.generic("POST", "/api/files", b"x", content_type=content_type)

        assert _problem(response)["status"] in {400, 422}

    @override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=1)
    def test_are_refused_where_they_are_too_many(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/files", {"files": [_file("a"), _file("b")]})

        assert _problem(response)["status"] == 400


class TestSlash:
    @pytest.mark.parametrize("address", ["/api/notes/a/", "/api/forms/", "/api/nowhere"])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_is_never_added(self, api: ComponentAPI, address: str, method: str) -> None:
        with calling(api) as client:
            response = client.generic(method, address)

        assert _problem(response)["status"] == 404

    def test_is_not_added_where_an_endpoint_has_one(self, api: ComponentAPI) -> None:
        api.default_router.get("/slashed/")(show_note)

        with calling(api) as client:
            response = client.get("/api/slashed?name=a")

        assert _problem(response)["status"] == 404


def _file(name: str) -> Any:
    return SimpleUploadedFile(name, b"123")


def _nul(location: str, pointer: str) -> dict[str, str]:
    return {
        "location": location,
        "pointer": pointer,
        "code": "nul_character",
        "detail": "A text may not have a NUL character in it",
    }


def _problem(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == response.status_code
    return problem
