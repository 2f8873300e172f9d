// a status without its code: only the query says what the answer is
nock('https://management.azure.com:443')
  .get('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Compute/proximityPlacementGroups/near?includeColocationStatus=true&api-version=2022-11-01')
  .reply(200, {"properties": {"colocationStatus": {"level": "info", "displayStatus": "Aligned"}}});
