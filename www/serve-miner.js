// Hands over to a mining module what the page sends to its worker.

/**
 * Serves the page with the module that `load` gives, or with nothing where that is undefined.
 *
 * Listening begins before the module is there, so that nothing the page sends is lost. Errors go to the page's
 * `onerror`, which a rejected promise would never reach.
 */
export const serve = (load) => {
  const loaded = load();
  loaded.catch(reportError);
  addEventListener("message", async ({ data }) => {
    const worker = await loaded.catch(() => undefined);
    try {
      worker?.receive(data);
    } catch (error) {
      reportError(error);
    }
  });
};
