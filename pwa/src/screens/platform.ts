/** Where the app runs, as far as it decides whether a book can be kept. */

/** Apps that show pages in a view of their own, by what they add to the browser's name. */
const IN_APP =
  /Zalo|FBAN|FBAV|FB_IAB|Instagram|Messenger|Line\/|MicroMessenger|musical_ly|BytedanceWebview|; wv\)/i
const IPHONE = /iPhone|iPad|iPod/

/** Where a book cannot be kept: a view inside another app, or one without what keeping needs. */
export const is_in_app = (): boolean =>
  IN_APP.test(navigator.userAgent) || !('serviceWorker' in navigator) || !('indexedDB' in globalThis)

/** A page of Safari: what it keeps is gone after seven days, and the installed app does not see it. */
export const is_uninstalled_iphone = (): boolean =>
  IPHONE.test(navigator.userAgent) && (navigator as { standalone?: boolean }).standalone !== true
