import pytest

from appraise.report import safe_text


def test_plain_drops_controls_and_directions() -> None:
    assert safe_text.plain("a\x00b\u202ec\u2066d\ufeffe\u200bf") == "abcdef"


def test_plain_is_one_line() -> None:
    assert safe_text.plain(" a\r\nb\u2028c\td ") == "a b c d"


def test_markup_escapes_and_keeps_line_ends() -> None:
    assert safe_text.markup('a <b>&\n"x"') == "a &lt;b&gt;&amp;<br/>&quot;x&quot;"


@pytest.mark.parametrize("letters", ["ŵŷŴŶ", "£€−×≥≤≈→✓■▲", "“quotes” – — …", "Ωμ"])
def test_letters_that_print_stay(letters: str) -> None:
    assert safe_text.plain(letters) == letters
    assert safe_text.unprintable([letters]) == ()


@pytest.mark.parametrize(
    ("typed", "printed"), [("1\u20112", "1-2"), ("✗", "×"), ("😀😀", "[?]"), ("a\ufe0f", "a"), ("e\u0301", "é")]
)
def test_replacements(typed: str, printed: str) -> None:
    assert safe_text.plain(typed) == printed


def test_unprintable_lists_what_the_reader_would_miss() -> None:
    assert safe_text.unprintable(["✗ 😀", "😀 漢 \u2011 \u202e ok"]) == ("✗", "漢", "😀")


def test_long_words_are_broken_and_digests_are_not() -> None:
    assert safe_text.plain("a" * 64) == "a" * 64
    assert max(map(len, safe_text.plain("a" * 1000).split(" "))) == 64


def test_length_is_capped() -> None:
    assert len(safe_text.plain("word " * 9000, limit=100)) <= 100
    assert safe_text.plain("word " * 9000, limit=100).endswith("…")
    assert len(safe_text.markup("x " * 100_000)) <= 20_000


def test_lone_surrogate_is_dropped() -> None:
    assert safe_text.plain("a\ud800b") == "ab"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "java\nscript:x", "data:text/html,x"])
def test_unsafe_addresses_become_text(address: str) -> None:
    assert safe_text.link("label", address) == "label"


def test_link_quotes_its_address() -> None:
    assert '"https://x/?a=1&amp;b=2"' in safe_text.link("a", "https://x/?a=1&b=2")
