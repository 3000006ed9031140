"""Addresses of the norms, all public."""

from django.urls import path

from ikrar.norms import views

app_name = "norms"
urlpatterns = [
    path("", views.index, name="index"),
    path("kelompok/<slug:slug>/", views.group, name="group"),
    path("<str:norm_id>/", views.show, name="show"),
]
