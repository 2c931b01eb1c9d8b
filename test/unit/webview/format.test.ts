// Names as people read them in the panel.

import assert from 'node:assert/strict';
import { targetOf } from '../../../webview/format';

describe('the name of a target', () => {
  it('says once that it is one', () => {
    assert.equal(targetOf('price', 'target'), 'target price');
    assert.equal(targetOf('target', 'target'), 'target');
    assert.equal(targetOf('Target', 'Target'), 'Target');
  });
});
