// Numbers as people read them: the same as in reports and sentences.

export { count, exponent, number, plural } from '../src/protocol';
