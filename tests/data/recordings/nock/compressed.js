nock('https://management.azure.com:443')
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0/instanceView?api-version=2022-11-01')
  .reply(200, ["1f8b0800000000000203abe6e55250502a2e492c292d4e2d56b2528806092828542b25e7a7a402f9", "4a01f9e5a945c14005a9fa45a579799979e94a3a0a4a39a965a93920e9ccbcb47ca55a90a6585eae5a007748b7c74f000000"], {'x-ms': 'y'});
nock('https://management.azure.com:443')
  .get('/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0/instanceView?api-version=2022-11-01')
  .reply(200, "1f8b0800000000000203ab562a2e492c292d4e2d56b25288ae564ace4f4905b29402f2cb538b828152a9fa45a579799979e94a3a0a4a39a965a93920e9ccbcb47ca5dad85a001604d9993f000000", {'x-ms': 'y'});
