metadata name = 'Names'
metadata description = 'Names of all resources, within the rules of Azure whatever the stem is.'

@description('Names by kind of resource.')
type nameTexts = {
  @description('Required. End of every name but the storage account\'s.')
  suffix: string

  @description('Required. 3 to 24 lower-case letters and digits.')
  storage: string

  @description('Required. User-assigned identity.')
  identity: string

  @description('Required. Log Analytics workspace, 4 to 63.')
  workspace: string

  @description('Required. Application Insights component.')
  insights: string

  @description('Required. Action group.')
  actionGroup: string

  @description('Required. Plan, at most 60.')
  plan: string

  @description('Required. Function app: 32, because the host tells apps apart by so many.')
  app: string
}

@description('Lower-case letters and digits of a text; `leads` when there is none.')
func stemOf(text string) string => empty(lettersOf(text)) ? 'leads' : lettersOf(text)

func lettersOf(text string) string =>
  join(
    filter(
      map(range(0, length(text)), position => toLower(substring(text, position, 1))),
      letter => contains('abcdefghijklmnopqrstuvwxyz0123456789', letter)
    ),
    ''
  )

func namesOf(stem string, unique string) nameTexts => {
  suffix: '${take(stem, 13)}-${unique}'
  storage: 'st${take(stem, 9)}${unique}'
  identity: 'id-${take(stem, 13)}-${unique}'
  workspace: 'log-${take(stem, 13)}-${unique}'
  insights: 'appi-${take(stem, 13)}-${unique}'
  actionGroup: 'ag-${take(stem, 13)}-${unique}'
  plan: 'plan-${take(stem, 13)}-${unique}'
  app: 'func-${take(stem, 13)}-${unique}'
}

@export()
@description('Names for a stem and 13 characters that make them unique.')
func namesFor(text string, unique string) nameTexts => namesOf(stemOf(text), unique)
