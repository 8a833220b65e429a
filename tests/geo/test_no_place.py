"""Questions of every day in which there is no place, whatever the department."""

from typing import Any

import pytest

from portal.geo.resolve import place_in
from tests.geo.known_words import is_known

QUESTIONS = """
je me sens mal
je ne vais pas bien
rien ne va plus
je me sens seul
je suis seule le soir
besoin de parler à quelqu'un
je n'arrive plus à sortir du lit
mon fils reste au lit toute la journée
aidez moi s'il vous plait
je pense à la mort
j'ai envie de mourir
je veux en finir
envie de me tuer
mon ami parle de suicide
je ne dors plus
j'entends des voix
mon ado ne sort plus de sa chambre
ma niece ne mange plus
ma nièce a des idées noires
il a un port de tête bizarre
la marche à suivre pour un rendez-vous
quelle marche à suivre pour une hospitalisation
en cas de crise que faire
course à pied contre la dépression
trouver un sens à sa vie
ma vie n'a plus de sens
perte de sens au travail
j'ai peur de tout
j'ai peur de perdre la raison
je fais des crises d'angoisse
crise d'angoisse la nuit
attaque de panique
mon mari boit trop
mon mari est violent
ma mère perd la tête
mon père a alzheimer
vivre avec un proche bipolaire
aider un proche
aide aux aidants
groupe de parole pour les proches
psychologue gratuit
psychologue remboursé
psychologue pas cher
mon soutien psy comment ça marche
comment ça marche un cmp
c'est quoi un cmp
c'est quoi un gem
numéro d'écoute 24h/24
ligne d'écoute 7j/7
écoute 24 heures sur 24
appeler le 15
le 17 ou le 112
faut il appeler le 18
numéro 3114
samu 15
dépression après accouchement
baby blues
dépression post partum
ma fille de 13 ans se scarifie
mon fils de 15 ans
garçon 10 ans agité
enfant 6 ans colère
enfant hyperactif tdah
trouble de l'attention
troubles dys
autisme diagnostic adulte
centre de ressources autisme
burn out travail
souffrance au travail
harcèlement scolaire
harcèlement au travail
phobie scolaire
refus scolaire anxieux
mon fils ne va plus à l'école
addiction aux jeux
addiction aux écrans
paris sportifs
addiction aux paris sportifs
arrêter de boire
arrêter le cannabis
arrêter de fumer
sevrage alcool
overdose que faire
ordonnance de médicament
effets secondaires du traitement
changer de psychiatre
avis sur mon traitement
refus de soins
hospitalisation sous contrainte
hospitalisation à la demande d'un tiers
droits des patients
personne de confiance
directives anticipées en psychiatrie
curatelle tutelle
allocation adulte handicapé
dossier mdph
reconnaissance travailleur handicapé
logement accompagné
maison relais
je suis à la rue
équipe mobile précarité
je suis sans papiers
j'ai été agressée
violences conjugales
viol que faire
inceste
psychotraumatisme
stress post traumatique
deuil d'un parent
deuil d'un enfant
ma femme est morte
rupture amoureuse
je suis perdu
je suis à bout
je suis à bout de nerfs
je n'en peux plus
j'ai la boule au ventre
je pleure tout le temps
je pleure sans raison
je me fais vomir
anorexie boulimie
trouble du comportement alimentaire
mal au ventre avant l'école
mal de tête et fatigue
fatigue et perte d'appétit
trouble bipolaire
schizophrénie
ma soeur est schizophrene
trouble borderline
toc et phobies
agoraphobie
timidité maladive
confiance en soi
estime de soi
gestion du stress
relaxation sophrologie
méditation pleine conscience
activité physique adaptée
atelier de peinture
atelier cuisine
chorale et musique
jardin thérapeutique
promenade en forêt dans les bois
un pont entre la ville et l'hôpital
pause café
sortie au bord de la mer
vivre avec les voix
entendeurs de voix
pair aidance
médiateur santé pair
formation premiers secours en santé mentale
prévention du suicide formation
semaines d'information sur la santé mentale
projet territorial de santé mentale
actions du ptsm jeunes
lettre d'information
offres d'emploi
contact
mentions légales
plan du site
faire un don
devenir bénévole
je suis étudiant
soutien aux étudiants
je suis aidante
mon voisin crie la nuit
mon voisin me fait peur
quelqu'un me suit
on me veut du mal
on lit dans mes pensées
je suis dans le noir
tout est gris
je tourne en rond
trois tours de clé et je vérifie encore
il y a un mur entre nous
ma fille est dans la lune
il est vif et colérique
il est agité et sourd
elle est sourde
en langue des signes
interprète en arabe
consultation en anglais
accessible en fauteuil
sans rendez-vous
ouvert le samedi
ouvert en ce moment
près de chez moi
pres de moi
autour de moi
à côté de chez moi
dans mon quartier
dans ma ville
à domicile
à distance
en ligne
par téléphone
au téléphone
sur internet
en visio
en urgence
urgences psychiatriques
hôpital de jour
maison des adolescents
point accueil écoute jeunes
centre médico psychologique
groupe d'entraide mutuelle
service d'accompagnement à la vie sociale
asdfgh
le syndrome de gilles de la tourette
garde d'enfant
la garde des enfants après le divorce
place en foyer
demande de place
je cherche une place
un peu perdu
un peau abimée par le stress
grosse fatigue
bonne nuit
la nuit je ne dors pas
chaque nuit
trouver le sommeil
je dors mal
la vie est dure
la vie ne vaut rien
mon travail me tue
mon chef me harcèle
je déteste mon corps
identité de genre
transidentité
lgbt
coming out
femme enceinte
bébé qui pleure
séparation des parents
enfant placé
aide sociale à l'enfance
fugue
prison sortie
soins aux détenus
migrants demandeurs d'asile
vieillesse et solitude
isolement des personnes agées
maison de retraite
aide à domicile
mémoire
maladie de parkinson
sclérose
cancer et dépression
douleur chronique
insomnie
cauchemars
terreurs nocturnes
énurésie
bégaiement
orthophoniste
psychomotricien
neuropsychologue
bilan psychologique
test de qi
haut potentiel
zèbre
emdr
tcc
hypnose
psychanalyse
psychothérapie
thérapie de couple
thérapie familiale
médiation familiale
planning familial
contraception
drogue
héroïne
cocaine
crack
protoxyde d'azote
cigarette électronique
café et anxiété
mélancolie
colère
honte
culpabilité
jalousie
tristesse
vide intérieur
idées noires
pensées suicidaires
automutilation
scarification
tentative de suicide
après une ts
mon copain menace de se tuer
ma copine a avalé des médicaments
il a une arme
elle veut se jeter du pont
elle est montée sur le toit
je vais me pendre
lettre d'adieu
à quoi bon
à qui parler
à partir de quel âge
à tout moment
vers qui se tourner
vers quoi aller
sur place
sur rendez vous
sur ordonnance
de moins en moins
de mal en pis
la peur du vide
la peur des autres
il a eu un accident
j'ai eu un choc
elle a change de comportement
ca va mieux
ça ne va pas
salut ça va
bonjour
merci
tours de rein
un tour en ville
les tours de mon quartier
mon fils a mangé peu
un peu de tout
je suis foutu
la douleur au dos
dans l’axe de la prévention
vivre en paix
de bonnes résolutions
mon chien est mort
il crie sans cesse
le maire de ma commune
centre ville
je vis dans la peur
sortir de la rue
des trous de mémoire
un plan de crise
plan de prévention
la santé au travail
une famille d’accueil
la crise de la quarantaine
orange est ma couleur
je bois du cognac
mon fils Paul ne parle plus
several people help me
hôpital édouard toulouse
clinique sainte anne
avenue de toulon
12 rue de lyon
le 3e âge
docteur martin
"""
DEPARTMENTS = ("13", "2A", "06", "33", "37", "44", "57", "59", "62", "69", "75", "76", "974")


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_a_question_without_a_place_has_none(settings: Any, department: str) -> None:
    settings.PORTAL_DEPARTEMENT = department
    for said_known in (is_known, lambda word: False, lambda word: True):
        found = {text: place_in(text, said_known) for text in QUESTIONS.strip().splitlines()}
        assert {text: answer.words for text, answer in found.items() if answer.place} == {}
        assert all(answer.rest == text for text, answer in found.items())
