// three replies: headers as an object, as a list, and made by a function
nock('https://management.azure.com:443')
  .get('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/till/instanceView?api-version=2022-11-01')
  .reply(200, {"statuses": [{"code": "PowerState/running", "level": "Info", "displayStatus": "VM running"}]}, { server: 'x',
  date: 'Fri, 02 Jun 2017 14:36:11 GMT',
  connection: 'close' });
nock('https://management.azure.com:443')
  .get('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web/instanceView?api-version=2022-11-01')
  .reply(200, "{\"statuses\": [{\"code\": \"PowerState/running\", \"level\": \"Info\", \"displayStatus\": \"VM running\"}]}", [ 'Server', 'x', 'Date', 'Fri, 02 Jun 2017 14:36:52 GMT' ]);
nock('https://management.azure.com:443')
  .get('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web/virtualMachines/3/instanceView?api-version=2022-11-01')
  .reply(200, {"statuses": [{"code": "PowerState/running", "level": "Info", "displayStatus": "VM running"}]}, headers());
