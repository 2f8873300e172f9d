nock('https://management.azure.com:443')
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0/instanceView?api-version=2022-11-01')
  .rep