#!/usr/bin/env bash
# Lets a group (or a person) see the board: gives the app registration of the sign-in its two roles, lets only those sign in who are assigned, and assigns a role.
#
# Changes: the app roles Leads.Read and Leads.Act of the app registration, "Assignment required" of its enterprise application, one role assignment.
# Undo: --undo removes the assignment (the roles stay). Needs: Azure CLI, signed in as Application Administrator or owner of both.
# Not active yet: a role is in the session from the next sign-in on; a role that was taken away works until the session ends (8 hours).
# --role is Leads.Read (see) or Leads.Act (see and act). --open lets everyone of the tenant sign in: without a role they are refused by the app itself.
#
# https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps
set -euo pipefail

usage() {
	echo "usage: board-sign-in.sh --client-id <signInClientId> --principal-id <object id> [--role Leads.Read|Leads.Act] [--graph https://graph.microsoft.us] [--open] [--undo] [--apply]" >&2
	echo "Without --apply nothing is changed: what would be done is printed." >&2
	exit 2
}

client_id='' principal_id='' role='Leads.Read' graph='https://graph.microsoft.com' required=true undo='' apply=''
while [ $# -gt 0 ]; do
	case "$1" in
		--client-id) client_id="${2:-}"; shift ;;
		--principal-id) principal_id="${2:-}"; shift ;;
		--role) role="${2:-}"; shift ;;
		--graph) graph="${2:-}"; shift ;;
		--open) required=false ;;
		--undo) undo=yes ;;
		--apply) apply=yes ;;
		*) usage ;;
	esac
	shift || usage
done
[[ "$client_id" =~ ^[0-9a-fA-F-]{36}$ && "$principal_id" =~ ^[0-9a-fA-F-]{36}$ && "$graph" =~ ^https://[A-Za-z0-9.-]+$ ]] || usage
# Ids of our own, the same in every tenant.
case "$role" in
	Leads.Read) role_id='6f0d6a5e-2a53-4b0b-9a3e-0d6f5a1c7b01' ;;
	Leads.Act) role_id='6f0d6a5e-2a53-4b0b-9a3e-0d6f5a1c7b02' ;;
	*) usage ;;
esac
roles='[{"id":"6f0d6a5e-2a53-4b0b-9a3e-0d6f5a1c7b01","value":"Leads.Read","displayName":"Read leads","description":"See the board of leads.","allowedMemberTypes":["User"],"isEnabled":true},{"id":"6f0d6a5e-2a53-4b0b-9a3e-0d6f5a1c7b02","value":"Leads.Act","displayName":"Act on leads","description":"See the board of leads, replay, close and erase.","allowedMemberTypes":["User"],"isEnabled":true}]'

# Prints a command; runs it with --apply.
change() {
	printf '%q ' "$@"
	echo
	if [ -n "$apply" ]; then "$@" --output none; fi
}
ask() { az rest --method get --resource "$graph" --url "$1" --query "$2" --output tsv; }

application="$graph/v1.0/applications(appId='$client_id')"
enterprise="$graph/v1.0/servicePrincipals(appId='$client_id')"
assignments="$enterprise/appRoleAssignedTo"

if [ -n "$undo" ]; then
	granted="$(ask "$assignments" "value[?appRoleId=='$role_id' && principalId=='$principal_id'].id | [0]")"
	if [ -z "$granted" ]; then echo "$role is not assigned: nothing to undo."; exit 0; fi
	change az rest --method delete --resource "$graph" --url "$assignments/$granted"
else
	known="$(ask "$application" "join(' ', sort(appRoles[].value))")"
	case "$known" in
		*Leads.Act*Leads.Read*) echo "The app registration has the roles already." ;;
		'') change az rest --method patch --resource "$graph" --url "$application" --body "{\"appRoles\":$roles}" ;;
		*) echo "The app registration has other roles ($known): add Leads.Read and Leads.Act by hand (portal: App registrations > App roles), with these ids: $roles" >&2; exit 1 ;;
	esac
	enterprise_id="$(ask "$graph/v1.0/servicePrincipals?\$filter=appId eq '$client_id'" "value[0].id")"
	if [ -z "$enterprise_id" ]; then
		change az rest --method post --resource "$graph" --url "$graph/v1.0/servicePrincipals" --body "{\"appId\":\"$client_id\"}"
		if [ -n "$apply" ]; then enterprise_id="$(ask "$graph/v1.0/servicePrincipals?\$filter=appId eq '$client_id'" "value[0].id")"; fi
	fi
	change az rest --method patch --resource "$graph" --url "$enterprise" --body "{\"appRoleAssignmentRequired\":$required}"
	granted=''
	if [ -n "$enterprise_id" ]; then granted="$(ask "$assignments" "value[?appRoleId=='$role_id' && principalId=='$principal_id'].id | [0]")"; fi
	if [ -n "$granted" ]; then
		echo "$role is assigned already."
	else
		change az rest --method post --resource "$graph" --url "$assignments" \
			--body "{\"principalId\":\"$principal_id\",\"resourceId\":\"${enterprise_id:-ID_OF_THE_ENTERPRISE_APPLICATION}\",\"appRoleId\":\"$role_id\"}"
	fi
fi
if [ -z "$apply" ]; then echo "Nothing was changed. Run again with --apply."; fi
