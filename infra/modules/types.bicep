metadata name = 'Types'
metadata description = 'What the template and its modules hand to each other.'

@export()
@description('Tags of a resource.')
type tagTexts = {
  @description('Optional. Value of a tag.')
  *: string
}

@export()
@description('Settings of the app, as texts.')
type settingTexts = {
  @description('Optional. Value of a setting; empty or null to leave it out.')
  *: string?
}

@export()
@secure()
@description('Settings of the app that hold secrets: kept out of the history of deployments.')
type secretTexts = {
  @description('Optional. Value of a setting; empty or null to leave it out.')
  *: string?
}

@export()
@description('Who may use `npm run leads` on the journal.')
type operator = {
  @description('Required. Object id of a person or, better, of a group.')
  principalId: string

  @description('Required. What the object id stands for.')
  principalType: 'User' | 'Group'
}

@export()
@description('Copies that the storage keeps.')
type redundancy = 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_RAGRS' | 'Standard_GZRS' | 'Standard_RAGZRS'

@export()
@description('How long an alert that goes on is silent; ISO 8601.')
type alertSilence = 'PT1H' | 'PT3H' | 'PT6H' | 'PT12H' | 'P1D'

@export()
@description('Memory of an instance in MB.')
type instanceMemory = 512 | 2048 | 4096
