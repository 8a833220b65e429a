"""How to reach a place, when it is open, and what one needs to be received."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.base.choices import Public
from portal.base.fields import CodesField, StreamField
from portal.base.translation_fields import TranslatedFact
from portal.crisis.help_numbers import SUICIDE
from resources.choices import AccessMode, CostType, SpokenLanguage
from resources.entry.ages import format_ages
from resources.models.delay import DelayFields
from resources.models.prefetched import PrefetchedLists
from resources.opening_hours.fields import OpeningHoursField
from resources.opening_hours.opening_times import OpeningStatus, OpeningTimes
from resources.opening_hours.validators import validate_opening_hours
from resources.opening_hours.widgets import OpeningHoursWidget
from resources.validators import readable_phone, validate_phone

FIRST_VISIT_BLOCKS = [
    (
        "step",
        blocks.TextBlock(
            label=_("Étape"),
            icon="list-ol",
            description=_("Ce qui se passe, en une ou deux phrases courtes."),
            rows=2,
        ),
    )
]


class ContactFields(models.Model):
    """The number that one calls first, and the other ways."""

    phone = models.CharField(
        _("téléphone"),
        max_length=20,
        blank=True,
        validators=[validate_phone],
        help_text=format_lazy(
            _("Le numéro à appeler en premier. Les numéros courts sont acceptés ({short})."),
            short=SUICIDE.number,
        ),
    )
    email = models.EmailField(
        _("adresse e-mail"),
        blank=True,
        help_text=_("Une adresse générique, jamais celle d’une personne."),
    )
    website = models.URLField(_("site"), blank=True)

    class Meta:
        abstract = True

    contact_panels = [
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                InlinePanel("phones", heading=_("Autres numéros"), label=_("Numéro")),
                FieldRowPanel([FieldPanel("email"), FieldPanel("website")]),
            ],
            heading=_("Contact"),
        )
    ]
    contact_translations = [
        SynchronizedField("phone", overridable=False),
        SynchronizedField("email", overridable=False),
        SynchronizedField("website", overridable=False),
    ]

    def clean(self) -> None:
        super().clean()
        if self.phone:
            self.phone = readable_phone(self.phone)


class HoursFields(PrefetchedLists):
    """The week, the exceptions, and a word for what a week cannot say."""

    opening_hours = OpeningHoursField(
        _("horaires"),
        max_length=400,
        blank=True,
        validators=[validate_opening_hours],
        help_text=_("Deux plages par jour. Laissez vide un jour fermé."),
    )
    hours_note = models.CharField(
        _("précision sur les horaires"),
        max_length=200,
        blank=True,
        help_text=_("Par exemple : « Le soir, sur rendez-vous »."),
    )

    class Meta:
        abstract = True

    hours_panels = [
        MultiFieldPanel(
            [
                FieldPanel("opening_hours", widget=OpeningHoursWidget),
                FieldPanel("hours_note"),
                InlinePanel("closures", heading=_("Fermetures datées"), label=_("Fermeture")),
                InlinePanel("notices", heading=_("Messages datés"), label=_("Message")),
            ],
            heading=_("Horaires"),
        )
    ]
    hours_translations = [
        SynchronizedField("opening_hours", overridable=False),
        TranslatedFact("hours_note"),
    ]

    @cached_property
    def opening_times(self) -> OpeningTimes:
        closures = [closure.as_closure() for closure in self.closure_list]
        return OpeningTimes(self.opening_hours, closures)

    @cached_property
    def opening_status(self) -> OpeningStatus | None:
        """« Ouvert maintenant, ferme à 17 h 30 »; None when nothing sure can be said."""
        return self.opening_times.status()


class AccessFields(DelayFields):
    """For whom, at what cost, and how the first time goes."""

    publics = CodesField(
        _("pour qui"), choices=Public.choices, help_text=_("Rien de coché : on ne sait pas.")
    )
    age_min = models.PositiveSmallIntegerField(_("à partir de (ans)"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("jusqu’à (ans)"), null=True, blank=True)
    relatives_welcome = models.BooleanField(
        _("les proches peuvent demander conseil"), default=False
    )
    cost = models.CharField(_("prix"), max_length=12, choices=CostType, blank=True)
    cost_details = models.CharField(_("précision sur le prix"), max_length=160, blank=True)
    access_modes = CodesField(_("comment y aller"), choices=AccessMode.choices)
    first_contact = models.CharField(
        _("premier contact"),
        max_length=200,
        blank=True,
        help_text=_("« Appelez, une infirmière vous rappelle dans les deux jours. »"),
    )
    first_visit = StreamField(
        FIRST_VISIT_BLOCKS,
        blank=True,
        verbose_name=_("le premier rendez-vous, étape par étape"),
    )
    is_remote = models.BooleanField(_("possible à distance"), default=False)
    spoken_languages = CodesField(_("langues parlées"), choices=SpokenLanguage.choices)

    class Meta:
        abstract = True

    access_panels = [
        MultiFieldPanel(
            [
                FieldPanel("publics"),
                FieldRowPanel([FieldPanel("age_min"), FieldPanel("age_max")]),
                FieldPanel("relatives_welcome"),
            ],
            heading=_("Pour qui"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("first_contact"),
                FieldPanel("first_visit"),
                DelayFields.delay_panel,
            ],
            heading=_("La première fois"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("access_modes"),
                FieldRowPanel([FieldPanel("cost"), FieldPanel("cost_details")]),
                FieldPanel("is_remote"),
                FieldPanel("spoken_languages"),
            ],
            heading=_("En pratique"),
        ),
    ]
    access_translations = [
        SynchronizedField("publics", overridable=False),
        SynchronizedField("age_min", overridable=False),
        SynchronizedField("age_max", overridable=False),
        SynchronizedField("relatives_welcome", overridable=False),
        SynchronizedField("is_remote", overridable=False),
        SynchronizedField("cost", overridable=False),
        SynchronizedField("access_modes", overridable=False),
        *DelayFields.delay_translations,
        SynchronizedField("spoken_languages", overridable=False),
        TranslatedFact("cost_details"),
        TranslatedFact("first_contact"),
        TranslatableField("first_visit"),
    ]

    def clean(self) -> None:
        super().clean()
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise ValidationError({"age_max": _("Cet âge est plus petit que l’âge de départ.")})

    @property
    def ages(self) -> str:
        """« À partir de 18 ans »"""
        return format_ages(self.age_min, self.age_max)

    @property
    def says_whom(self) -> bool:
        """Whether it tells who is received there, by its publics or by its ages."""
        return bool(self.publics) or self.age_min is not None or self.age_max is not None

    def has_mode(self, code: str) -> bool:
        return code in self.access_modes
