#!/usr/bin/env python
"""Django's door."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.dev")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:
        sys.exit(f"설정이 잘못되어 시작하지 않았습니다. {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
