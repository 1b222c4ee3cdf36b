// In the place of ENS's normalisation, which ethers brings along: this DAO's addresses are addresses, and never names of ENS.

export function ens_normalize(name: string): never {
  throw new TypeError(`Names of ENS are not supported: ${name}`);
}
