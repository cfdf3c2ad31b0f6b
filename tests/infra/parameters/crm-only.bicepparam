// Dynamics 365 alone, in a region without zones, as cheap as it gets.
using '../../../infra/main.bicep'

param name = 'L'
param alertEmail = 'operators@contoso.com'
param storageRedundancy = 'Standard_LRS'
param lockStorage = false
param instanceMemoryMB = 512
param alwaysReadyHttpInstances = 0
param leadDestinations = ['crm']
param dataverseUrl = 'https://contoso.crm4.dynamics.com'
