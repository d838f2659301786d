/** Verbs that a final "ed" would get wrong, or that say little to a person. */
const irregular: Readonly<Record<string, readonly [past: string, plain: string]>> = {
  Begin: ["began", "begin"],
  Describe: ["looked up", "look up"],
  Get: ["read", "read"],
  Head: ["looked at", "look at"],
  Lookup: ["looked up", "look up"],
  Put: ["set", "set"],
  Reset: ["reset", "reset"],
  Run: ["ran", "run"],
  Send: ["sent", "send"],
  Set: ["set", "set"],
  Submit: ["submitted", "submit"],
  Stop: ["stopped", "stop"],
  Tag: ["tagged", "tag"],
  Untag: ["untagged", "untag"],
  Scan: ["scanned", "scan"],
  Unsubscribe: ["unsubscribed", "unsubscribe"],
};

const regular = new Set(
  (
    "Accept Acknowledge Activate Add Advertise Allocate Apply Approve Archive Assign Associate Assume Attach Attest " +
    "Authorize Backup Cancel Change Check Claim Clone Close Commit Complete Confirm Connect Consume Continue Copy Create " +
    "Deactivate Decline Decode Decrypt Delegate Delete Deliver Deny Deploy Deprecate Deregister Detach Detect Disable " +
    "Disassociate Disconnect Discover Download Edit Enable Encrypt End Enroll Estimate Evaluate Exchange Execute Expire " +
    "Export Extend Filter Finalize Flush Forget Generate Grant Handle Import Increase Initialize Initiate Insert Install " +
    "Invalidate Invite Invoke Issue Join Label Launch Leave Link List Load Lock Map Mark Merge Migrate Modify Monitor Move " +
    "Notify Open Pause Perform Poll Post Preview Process Promote Provision Publish Purchase Purge Query Re-encrypt Reboot " +
    "Rebuild Receive Record Recover Redact Refresh Register Reject Release Remove Rename Renew Reorder Replace Replicate " +
    "Request Resend Resize Resolve Respond Restart Restore Resume Retire Retrieve Retry Return Revoke Rollback Rotate " +
    "Sample Schedule Search Select Share Sign Signal Simulate Skip Split Start Stream Subscribe Suspend Swap Switch Sync " +
    "Terminate Test Track Transfer Translate Unarchive Unassign Undeploy Unlink Unlock Unmonitor Update Upgrade Upload " +
    "Validate Verify View Withdraw"
  ).split(" "),
);
const odd: Readonly<Record<string, string>> = {
  Leave: "left",
  Split: "split",
  Withdraw: "withdrew",
  Resend: "resent",
  Rebuild: "rebuilt",
  Skip: "skipped",
  Swap: "swapped",
  Map: "mapped",
};

/** [past, plain] of the verb an API's name begins with; nothing where the word is none we know. */
export function verbOf(word: string): readonly [past: string, plain: string] | undefined {
  if (Object.hasOwn(irregular, word)) return irregular[word];
  if (!regular.has(word)) return undefined;
  const plain = word.toLowerCase();
  if (Object.hasOwn(odd, word)) return [odd[word] ?? plain, plain];
  if (plain.endsWith("e")) return [`${plain}d`, plain];
  return [/[^aeiou]y$/.test(plain) ? `${plain.slice(0, -1)}ied` : `${plain}ed`, plain];
}
