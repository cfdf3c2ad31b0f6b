#!/usr/bin/env bash
# Lets the app's identity create leads in one Dynamics 365 environment: a security role of its own with as little in it as works, and an application user.
#
# Changes: the security role "Lead Intake" (create, read and append leads; read the tables' definitions), an application user that has it.
# Undo: --undo deletes the role, and with it every right; deactivate the application user in the Power Platform admin center (Environments > the
# environment > Settings > Users + permissions > Application users).
# Needs: Azure CLI (`az login` as a System Administrator of the environment) and Power Platform CLI (`pac auth create`).
# Not active yet: it acts at once, a new user after a minute or two. Until then Dataverse answers 403 0x80072560 (no such user) or 0x80040220 (a privilege
# is missing; its message names it), the app logs delivery.misconfigured and tries again by itself.
#
# --privilege adds what your settings need besides: prvAssignLead when DATAVERSE_OWNER is set, prvAppendToCampaign for a campaign, prvReadTeam and
# prvReadUser to find an owner by name, prvWriteLead should 0x80040220 name it.
#
# https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/addprivilegesrole
# https://learn.microsoft.com/power-platform/developer/cli/reference/admin#pac-admin-assign-user
set -euo pipefail

usage() {
	echo "usage: dataverse-user.sh --url https://<org>.crm4.dynamics.com --client-id <IDENTITY_CLIENT_ID> [--privilege NAME]... [--undo] [--apply]" >&2
	echo "Without --apply nothing is changed: what would be done is printed." >&2
	exit 2
}

url='' client_id='' undo='' apply=''
privileges=(prvCreateLead prvReadLead prvAppendLead prvReadEntity prvReadAttribute prvReadOptionSet prvOverrideCreatedOnCreatedBy)
while [ $# -gt 0 ]; do
	case "$1" in
		--url) url="${2:-}"; shift ;;
		--client-id) client_id="${2:-}"; shift ;;
		--privilege) [[ "${2:-}" =~ ^prv[A-Za-z0-9_]+$ ]] || usage; privileges+=("$2"); shift ;;
		--undo) undo=yes ;;
		--apply) apply=yes ;;
		*) usage ;;
	esac
	shift || usage
done
url="${url%/}"
[[ "$url" =~ ^https://[A-Za-z0-9.-]+$ && "$client_id" =~ ^[0-9a-fA-F-]{36}$ ]] || usage

api="$url/api/data/v9.2"
role='Lead Intake'

# One value from the environment.
ask() { # path, query in JMESPath, name=value of the URL...
	local path="$1" query="$2"
	shift 2
	az rest --method get --resource "$url" --url "$api/$path" --url-parameters "$@" --query "$query" --output tsv
}

# Prints a command; runs it with --apply.
change() {
	printf '%q ' "$@"
	echo
	if [ -n "$apply" ]; then "$@"; fi
}

# Of the root business unit: every other unit has an inherited copy of the same name, which can be neither changed nor deleted.
find_role() { ask roles 'value[0].roleid' "\$select=roleid" "\$filter=name eq '$role' and _parentroleid_value eq null"; }

if [ -n "$undo" ]; then
	role_id="$(find_role)"
	if [ -z "$role_id" ]; then echo "There is no role \"$role\": nothing to undo."; exit 0; fi
	change az rest --method delete --resource "$url" --url "$api/roles($role_id)"
	if [ -z "$apply" ]; then echo "Nothing was changed. Run again with --apply."; fi
	exit 0
fi

role_id="$(find_role)"
if [ -z "$role_id" ]; then
	unit_id="$(ask businessunits 'value[0].businessunitid' "\$select=businessunitid" "\$filter=_parentbusinessunitid_value eq null")"
	change az rest --method post --resource "$url" --url "$api/roles" --output none \
		--body "{\"name\":\"$role\",\"businessunitid@odata.bind\":\"/businessunits($unit_id)\"}"
	role_id="$(find_role)"
fi

# Privileges go by ids that differ between environments.
filter=''
for name in "${privileges[@]}"; do filter+="${filter:+ or }name eq '$name'"; done
found="$(az rest --method get --resource "$url" --url "$api/privileges" --url-parameters "\$select=privilegeid,name" "\$filter=$filter" \
	--query 'value[].name' --output tsv)"
for name in "${privileges[@]}"; do
	grep -qx "$name" <<<"$found" || echo "This environment knows no privilege $name: left out." >&2
done
body="$(az rest --method get --resource "$url" --url "$api/privileges" --url-parameters "\$select=privilegeid" "\$filter=$filter" \
	--query "{Privileges: value[].{PrivilegeId: privilegeid, Depth: 'Global'}}" --output json)"
change az rest --method post --resource "$url" --url "$api/roles(${role_id:-<id of the new role>})/Microsoft.Dynamics.CRM.AddPrivilegesRole" \
	--output none --body "$body"

change pac admin assign-user --environment "$url" --user "$client_id" --role "$role" --application-user
if [ -z "$apply" ]; then echo "Nothing was changed. Run again with --apply."; fi
