<#
.SYNOPSIS
Lets the app's identity send mail as one mailbox, and as no other: Exchange Online RBAC for Applications.

.DESCRIPTION
Without -Apply nothing is changed: the commands are printed. With -Apply they run; what exists already is reported and left as it is.
Needs PowerShell 7, the module ExchangeOnlineManagement, and a member of Organization Management.

Changes: a service principal (a reference to the identity), a management scope (the mailbox), a role assignment ("Application Mail.Send" in that scope).
Undo: the same command with -Remove takes back the right to this mailbox; the reference that stays grants nothing (Remove-ServicePrincipal deletes it).
Not active yet: Exchange takes 30 minutes to 2 hours. Until then Graph answers 403 ErrorAccessDenied, the app logs delivery.misconfigured and tries again
by itself; no lead is lost. The last command tells at once whether it will work: InScope must be True.
In another cloud: -Cloud O365USGovGCCHigh, O365USGovDoD or O365China.
Do not grant Mail.Send in Microsoft Entra ID as well: the two add up, and the identity could send as anybody.

https://learn.microsoft.com/exchange/permissions-exo/application-rbac

.EXAMPLE
pwsh infra/permissions/exchange-mailbox.ps1 -ClientId <IDENTITY_CLIENT_ID> -ObjectId <IDENTITY_PRINCIPAL_ID> -Mailbox leads@contoso.com -Apply
#>
param(
    [Parameter(Mandatory)] [guid] $ClientId,
    [Parameter(Mandatory)] [guid] $ObjectId,
    [Parameter(Mandatory)] [ValidatePattern('^[^''\s]+@[^''\s]+$')] [string] $Mailbox,
    [string] $Cloud = 'O365Default',
    [switch] $Remove,
    [switch] $Apply
)

$name = "lead-intake $Mailbox"
if ($name.Length -gt 64) { $name = $name.Substring(0, 64) }

$grant = @(
    { New-ServicePrincipal -AppId "$ClientId" -ObjectId "$ObjectId" -DisplayName "lead-intake" }
    { New-ManagementScope -Name "$name" -RecipientRestrictionFilter "PrimarySmtpAddress -eq '$Mailbox'" }
    { New-ManagementRoleAssignment -Name "$name" -App "$ObjectId" -Role "Application Mail.Send" -CustomResourceScope "$name" }
    { Test-ServicePrincipalAuthorization -Identity "$ObjectId" -Resource "$Mailbox" | Format-Table }
)

$revoke = @(
    { Remove-ManagementRoleAssignment -Identity "$name" -Confirm:$false }
    { Remove-ManagementScope -Identity "$name" -Confirm:$false }
)

$steps = if ($Remove) { $revoke } else { $grant }

if ($Apply) { Connect-ExchangeOnline -ShowBanner:$false -ExchangeEnvironmentName $Cloud }
foreach ($step in $steps) {
    Write-Host $ExecutionContext.InvokeCommand.ExpandString($step.ToString().Replace('$false', '`$false').Trim())
    if ($Apply) { & $step }
}
if (-not $Apply) { Write-Host "Nothing was changed. Run again with -Apply." }
