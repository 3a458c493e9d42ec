/** Both ways of the file, in one piece. */
export { SaveFile } from './save-file.tsx'
export { TakeBack } from './take-back.tsx'
