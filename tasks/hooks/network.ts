import type { NetworkHooks } from "hardhat/types/hooks";
import { isRead, patiently } from "../../sdk/chain/patience.js";
import { dispatch } from "../network/dispatch.js";

/** Has all that reads from a node ask again where it was only overloaded, slow, or behind. */
const hooks: Partial<NetworkHooks> = {
  async onRequest(context, connection, request, next) {
    const dispatched = await dispatch(request);
    if (dispatched !== undefined) return dispatched;
    const ask = () => next(context, connection, request);
    if (!isRead(request.method) || connection.networkConfig.type !== "http") return ask();
    return patiently(ask, (response) => ("error" in response ? response.error : undefined));
  },
};

export default () => Promise.resolve(hooks);
