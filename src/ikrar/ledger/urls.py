"""Addresses of the log; fixed, since other programs rely on them."""

from django.urls import path

from ikrar.ledger import views

app_name = "ledger"
urlpatterns = [
    path("log/checkpoint", views.checkpoint, name="checkpoint"),
    path("log/tile/<path:path>", views.tile, name="tile"),
    path("log/keys.txt", views.keys, name="keys"),
    path("log/policy.txt", views.policy, name="policy"),
    path("log/<slug:name>/checkpoint", views.ended_checkpoint, name="ended_checkpoint"),
    path("log/<slug:name>/tile/<path:path>", views.ended_tile, name="ended_tile"),
]
