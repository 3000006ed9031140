"""Routes of the registry."""

from django.urls import path

from ikrar.registry.views import bodies, doors, elections, members

app_name = "registry"
urlpatterns = [
    path("m/", doors.enter, name="enter_link"),
    path("m/buktikan/", doors.prove, name="prove_link"),
    path("m/bukan-saya/", doors.not_mine, name="link_not_mine"),
    path("m/pin/", doors.choose_pin, name="choose_pin"),
    path("pemilihan/", elections.election, name="election"),
    path("wilayah/", elections.regions, name="regions"),
    path("badan/", bodies.index, name="index"),
    path("badan/<str:code>/tambah/", members.add, name="add"),
    path("badan/<str:code>/periksa/", members.check_identity, name="check_identity"),
    path("orang/<uuid:member>/", members.correct, name="member"),
    path("orang/<uuid:member>/lihat/", members.reveal, name="reveal"),
    path("orang/<uuid:member>/pindah/", members.move, name="move"),
    path("orang/<uuid:member>/akhiri/", members.end, name="end"),
    path("orang/<uuid:member>/batalkan/", members.void, name="void"),
]
