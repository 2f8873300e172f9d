// the answer of the action itself; its URL names no view
nock('https://management.azure.com:443')
  .post('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/till/runCommand?api-version=2022-11-01')
  .reply(200, {"value": [{"code": "ComponentStatus/StdOut/succeeded", "level": "info", "displayStatus": "Provisioning succeeded", "message": "done"}]});
nock('https://management.azure.com:443')
  .post('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web/virtualMachines/0/runCommand?api-version=2022-11-01')
  .reply(200, {"value": [{"code": "ComponentStatus/StdErr/succeeded", "level": "info", "displayStatus": "Provisioning succeeded", "message": ""}]});
