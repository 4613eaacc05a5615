#!/bin/sh
# Makes the accounts that a run of the kit can use, on a server for tests:
#   URL=http://localhost:3000 OMNICHANNEL_TOKEN=… OMNICHANNEL_USER_ID=… KIT_PASSWORD=… sh accounts.sh
# The token is a personal access token of an administrator that ignores two-factor authentication.
set -eu

post() {
    curl --silent --show-error --fail-with-body "$URL/api/v1/$1" --json "$2" \
        -H "X-Auth-Token: $OMNICHANNEL_TOKEN" -H "X-User-Id: $OMNICHANNEL_USER_ID"
    echo
}

for name in check-plain check-agent check-agent2 check-manager check-monitor; do
    post users.create "{\"username\": \"$name\", \"name\": \"$name\", \"email\": \"$name@example.org\",
        \"password\": \"$KIT_PASSWORD\", \"verified\": true}"
done
post livechat/users/agent '{"username": "check-agent"}'
post livechat/users/agent '{"username": "check-agent2"}'
post livechat/users/manager '{"username": "check-manager"}'
# Monitors need a licence; without one the server refuses, and the run goes without a monitor.
post livechat/monitors.create '{"username": "check-monitor"}' || echo "no monitors here"
