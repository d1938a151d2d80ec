#!/bin/sh
# Brings an installation to this release; run once before web and worker start. Running it again changes nothing.
set -eu
python3 manage.py migrate --noinput
python3 manage.py collectstatic --noinput --verbosity 0
python3 manage.py import_municipalities
