"""An action in another language: words are translated, facts follow the French page."""

from datetime import date

from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

import pytest

from actions.choices import ActionStatus
from actions.models import ActionPage, RecommendationIndexPage
from actions.roadmap.models import ActionIndexPage
from tests.actions.test_pages import rich_action
from tests.factories.actions import RecommendationPageFactory


@pytest.fixture
def english(roadmap: ActionIndexPage) -> Locale:
    locale = Locale.objects.create(language_code="en")
    home = roadmap.get_parent().specific
    home.copy_for_translation(locale)
    roadmap.copy_for_translation(locale)
    return locale


def publish_in(locale: Locale, page: ActionPage) -> ActionPage:
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    translation.save_target(publish=True)
    return ActionPage.objects.get(translation_key=page.translation_key, locale=locale)


def test_facts_follow_the_french_sheet_in_every_language(
    roadmap: ActionIndexPage, english: Locale, recommendations: RecommendationIndexPage
) -> None:
    action = rich_action(roadmap)
    action.recommendations.set([RecommendationPageFactory(parent=recommendations)])
    action.save_revision().publish()
    publish_in(english, action)

    action = ActionPage.objects.get(pk=action.pk)
    action.status, action.actual_end = ActionStatus.DONE, date(2026, 6, 1)
    step = action.steps.get(label="Bilan public")
    step.done_on = date(2026, 5, 1)
    action.steps = [action.steps.get(label="Premières sessions"), step]
    action.save_revision().publish()
    translated = publish_in(english, action)

    assert translated.status == ActionStatus.DONE
    assert translated.reference == "1.2"
    assert translated.steps_done == 2
    assert [p.value for p in translated.indicators.get().readings] == [180, 310]
    assert translated.answered == action.answered
    assert translated.priority == action.priority
