#!/usr/bin/env bash
# SECOND CHOICE: lets the app's identity send mail as ANY mailbox of the tenant (Microsoft Graph, Mail.Send). First choice: exchange-mailbox.ps1, one
# mailbox. Take this one where RBAC for Applications is not to be had, never both: the two add up.
#
# Changes: one app role assignment of the identity. Undo: --undo. Needs: Azure CLI, signed in as Privileged Role Administrator.
# Not active yet: a token lives for up to 24 hours for managed identities, so that the old one may be refused (403 ErrorAccessDenied) as long; the app logs
# delivery.misconfigured and tries again by itself. Restarting the app asks for a new token.
# --graph is GRAPH_BASE_URL in another cloud.
#
# https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments
set -euo pipefail

usage() {
	echo "usage: graph-mail-send.sh --object-id <IDENTITY_PRINCIPAL_ID> [--graph https://graph.microsoft.us] [--undo] [--apply]" >&2
	echo "Without --apply nothing is changed: what would be done is printed." >&2
	exit 2
}

object_id='' graph='https://graph.microsoft.com' undo='' apply=''
while [ $# -gt 0 ]; do
	case "$1" in
		--object-id) object_id="${2:-}"; shift ;;
		--graph) graph="${2:-}"; shift ;;
		--undo) undo=yes ;;
		--apply) apply=yes ;;
		*) usage ;;
	esac
	shift || usage
done
[[ "$object_id" =~ ^[0-9a-fA-F-]{36}$ && "$graph" =~ ^https://[A-Za-z0-9.-]+$ ]] || usage

microsoft_graph='00000003-0000-0000-c000-000000000000'
mail_send='b633e1c5-b582-4048-a93e-9f11b44c7e96'
assignments="$graph/v1.0/servicePrincipals/$object_id/appRoleAssignments"

# Prints a command; runs it with --apply.
change() {
	printf '%q ' "$@"
	echo
	if [ -n "$apply" ]; then "$@" --output none; fi
}

granted="$(az rest --method get --resource "$graph" --url "$assignments" --query "value[?appRoleId=='$mail_send'].id | [0]" --output tsv)"
if [ -n "$undo" ]; then
	if [ -z "$granted" ]; then echo "Mail.Send is not granted: nothing to undo."; exit 0; fi
	change az rest --method delete --resource "$graph" --url "$assignments/$granted"
else
	if [ -n "$granted" ]; then echo "Mail.Send is granted already."; exit 0; fi
	resource_id="$(az rest --method get --resource "$graph" --url "$graph/v1.0/servicePrincipals(appId='$microsoft_graph')" --query id --output tsv)"
	change az rest --method post --resource "$graph" --url "$assignments" \
		--body "{\"principalId\":\"$object_id\",\"resourceId\":\"$resource_id\",\"appRoleId\":\"$mail_send\"}"
fi
if [ -z "$apply" ]; then echo "Nothing was changed. Run again with --apply."; fi
