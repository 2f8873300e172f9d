nock('https://management.azure.com')
  .get('/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a/instanceView?api-version=2024-07-01')
  .reply(200, {vmAgent: {vmAgentVersion: '\ud800\xe9', statuses: []}, disks: 7});
