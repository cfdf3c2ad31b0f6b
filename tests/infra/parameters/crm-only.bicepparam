// Dynamics 365 alone, in a region without zones, as cheap as it gets.
using '../../../infra/main.bicep'

param name = 'L'
param alertEmail = 'operators@contoso.com'
param storageRedundancy = 'Standard_LRS'
param lockStorage = false
param instanceMemoryMB = 512
param alwaysReadyHttpInstances = 0
param settings = {
  LEAD_DESTINATIONS: 'crm'
  DATAVERSE_URL: 'https://contoso.crm4.dynamics.com'
}
