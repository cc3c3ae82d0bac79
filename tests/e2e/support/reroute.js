// The demo's page with other ways to its chain than those it was served with.

/**
 * For visit's `prepare`: the page reads the demo's chain over `rpcs`, the Demo wallet asks it over `wallet`, and
 * `collection` (some of its members) stands in for the demo's. What is not named stays as it is.
 */
export function reroute({ rpcs, wallet, collection }) {
  const rewrite = (context, file, change) =>
    context.route(`**/${file}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: change(await response.json()) });
    });
  return async (context) => {
    if (rpcs || collection) {
      await rewrite(context, "collections.json", ([demo, ...others]) => {
        const chain = { ...demo.chain, rpcs: rpcs ?? demo.chain.rpcs };
        return [{ ...demo, ...collection, chain }, ...others];
      });
    }
    if (wallet) await rewrite(context, "demo-wallet/chain.json", (chain) => ({ ...chain, rpc: wallet }));
  };
}
