// What the scenario cannot say in YAML.
const { randomUUID } = require('node:crypto');
const { readFileSync } = require('node:fs');

const accounts = JSON.parse(readFileSync(process.env.LOAD_ACCOUNTS, 'utf8'));
const kMostPolls = 40;
let next = 0;

/** Accounts in turn: nobody is in two places at once until all have been somewhere. */
function chooseAccount(context, events, done) {
  const account = accounts[next++ % accounts.length];
  Object.assign(context.vars, account, { key: randomUUID(), origin: process.env.LOAD_TARGET });
  done();
}

function inWork(context, next_) {
  context.vars.polls = (context.vars.polls ?? 0) + 1;
  next_(context.vars.status === 'pending' && context.vars.polls < kMostPolls);
}

/** A picture that nobody painted: its credit is back, and load.mjs counts it. */
function tellPicture(context, events, done) {
  context.vars.ready = context.vars.status === 'ready';
  events.emit('counter', `pictures.${context.vars.status}`, 1);
  done();
}

function readPayment(context, events, done) {
  context.vars.paymentQuery = new URL(context.vars.paymentUrl).search.slice(1);
  done();
}

function readReturn(context, events, done) {
  context.vars.returnPath = `/user/vnpay-return${new URL(context.vars.location).search}`;
  done();
}

module.exports = { chooseAccount, inWork, readPayment, readReturn, tellPicture };
