// nock('https://management.azure.com').get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0/instanceView?api-version=2022-11-01').reply(200, '{"statuses": [{"code": "PowerState/running", "level": "info"}]}')
/* it's */ var quotes = /["'`]/g;
nock('https://management.azure.com:443')
  .filteringPath(/['"]/g, 'x')
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0/instanceView?api-version=2022-11-01')
  .reply(200, '{"statuses": [{"code": "PowerState/running", "level": "info"}]}', {'x-ms': 'y'});
