import classes from "./sandbox-page.module.css";

/** What stands here when the server keeps no sandbox: what one is, and how to get it. */
export function NoSandbox() {
  return (
    <div className={classes["none"]}>
      <h1>No sandbox here</h1>
      <p>
        A sandbox is a made-up AWS on this machine: AWS&apos;s own tools speak to it, CloudTrail records every call, and
        attacks can be played in it. This server shows imported events and keeps none beside them.
      </p>
      <h2>See one in this console</h2>
      <p>In a folder without imported events, with a company at work in it:</p>
      <pre>npx trailwarden serve --made-up-if-empty</pre>
      <h2>Or have one by itself</h2>
      <p>Empty, for your own tools, tests and infrastructure code:</p>
      <pre>npx trailwarden sandbox</pre>
    </div>
  );
}
