const scope = nock("https://management.azure.com");
scope.get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0/instanceView').query({'api-version': '2021-03-01'}).reply(200, '{"statuses": [{"code": "PowerState/running", "level": "info"}]}');
scope.intercept('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a?$expand=instanceView', 'GET').reply(200, {properties: {instanceView: {statuses: 1}}});
scope.get(/instanceView$/).reply(200, '{"statuses": [{"code": "PowerState/running", "level": "info"}]}');
scope.get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0/instanceView?api-version=2022-11-01').reply(404);
