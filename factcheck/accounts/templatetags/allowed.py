"""The named predicates, for templates that show a link only to those who may follow it."""

from django import template

from factcheck.accounts import permissions

register = template.Library()

register.filter("may_read_audit", permissions.may_read_audit)
register.filter("may_set_rules", permissions.may_set_rules)
register.filter("may_manage", permissions.may_manage)
