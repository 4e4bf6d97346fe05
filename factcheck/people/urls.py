from django.urls import path

from factcheck.people.views import account, invitations, joining, keys, people

app_name = "people"

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/sessions/end/", account.sessions_end, name="sessions_end"),
    path("account/sessions/<int:pk>/end/", account.session_end, name="session_end"),
    path("account/join/<str:token>/", joining.join, name="join"),
    path("people/", people.people, name="people"),
    path("people/invitations/", invitations.invitations, name="invitations"),
    path("people/invitations/<int:pk>/again/", invitations.send_again, name="invitation_again"),
    path("people/invitations/<int:pk>/revoke/", invitations.revoke, name="invitation_revoke"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/role/", people.role, name="person_role"),
    path("people/<int:pk>/deactivate/", people.deactivate, name="person_deactivate"),
    path("people/<int:pk>/reactivate/", people.reactivate, name="person_reactivate"),
    path("people/<int:pk>/sessions/end/", people.end_sessions, name="person_sessions_end"),
    path("people/<int:pk>/second-factor/reset/", people.reset_factor, name="person_factor_reset"),
    path("people/<int:pk>/alone/allow/", people.allow_alone, name="person_alone_allow"),
    path("people/<int:pk>/alone/withdraw/", people.withdraw_alone, name="person_alone_withdraw"),
    path("settings/", keys.settings_page, name="settings"),
    path("settings/keys/", keys.key_issue, name="key_issue"),
    path("settings/keys/<int:pk>/revoke/", keys.key_revoke, name="key_revoke"),
]
