nock('https://management.azure.com:443')
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a/instanceView')
  .query(parameters)
  .reply(200, {"statuses": [{"code": "PowerState/running", "level": "info"}]});
nock('https://management.azure.com:443')
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/b/instanceView')
  .query({"api-version": "2024-07-01"})
  .reply(200, JSON.stringify({"statuses": [{"code": "PowerState/running", "level": "info"}]}));
nock('https://management.azure.com:443')
  .intercept('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/c/instanceView?api-version=2024-07-01', 'GET')
  .reply(200, JSON.stringify({"statuses": [{"code": "PowerState/running", "level": "info"}]}, null, 2));
nock('https://management.azure.com:443')
  .intercept('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/d/instanceView?api-version=2024-07-01')
  .reply(200, {"statuses": [{"code": "PowerState/running", "level": "info"}]});
nock(host)
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/e/instanceView?api-version=2024-07-01')
  .reply(200, {"statuses": [{"code": "PowerState/running", "level": "info"}]});
nock('https://management.azure.com:443')
  .get(path('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/f/instanceView'))
  .reply(200, {"statuses": [{"code": "PowerState/running", "level": "info"}]});
nock('https://management.azure.com:443')
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/g/instanceView?api-version=2024-07-01')
  .reply(200, ["1f8b0800000000000003", "00"]);
nock('https://management.azure.com:443')
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/h/instanceView?api-version=2024-07-01')
  .reply(404);
nock('https://management.azure.com:443')
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/i/instanceView?api-version=2024-07-01')
  .reply(200, body, ['Date', 'Fri, 02 Jun 2017 14:36:11 GMT']);
