from search.highlight import EXCERPT_LENGTH, excerpt, mark


def _text(marked) -> str:
    return "".join(text for text, _ in marked)


def test_a_word_is_marked_without_its_elided_article():
    assert mark("De l’anxiété.", {"anxiet"}) == (("De l’", False), ("anxiété", True), (".", False))


def test_an_acronym_with_dots_is_one_word():
    assert mark("Le C.M.P.", {"cmp"}) == (("Le ", False), ("C.M.P.", True))


def test_without_anything_looked_for_nothing_is_marked():
    assert mark("Jardin", set()) == (("Jardin", False),)
    assert mark("", {"jardin"}) == ()


def test_an_excerpt_is_cut_between_words_and_says_so():
    body = "mot " * 100 + "jardin partagé " + "fin " * 100
    shown = _text(excerpt("", body, {"jardin"}))
    assert shown.startswith("… mot ")
    assert shown.endswith(" fin …")
    assert "jardin partagé" in shown
    assert len(shown) <= EXCERPT_LENGTH + 4


def test_an_excerpt_is_where_most_of_the_words_are():
    body = "jardin " + "mot " * 100 + "jardin partagé du potager " + "fin " * 100
    shown = excerpt("", body, {"jardin", "partag", "potag"})
    assert [text for text, is_marked in shown if is_marked] == ["jardin", "partagé", "potager"]


def test_a_text_without_spaces_is_cut_all_the_same():
    assert len(_text(excerpt("", "x" * 5000, {"jardin"}))) <= EXCERPT_LENGTH + 4


def test_line_breaks_are_spaces():
    assert _text(excerpt("Un\n\n  jardin\tpartagé", "", set())) == "Un jardin partagé"
