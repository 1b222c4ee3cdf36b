import { Claim } from "./Claim.js";

/** Somebody redeems a voucher, also from a QR code that the phone's camera has opened. */
export function Redeem() {
  return <Claim as="voucher" />;
}
