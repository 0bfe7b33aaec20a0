// Every sentence of the server-rendered pages, in both languages. Vietnamese is the original.
import type { Language } from "../language.ts";

export interface PageCopy {
  title: string;
  tagline: string;
  otherLanguage: string;
  skip: string;
  signOut: string;
  localMode: string;
  needsScript: string;
  apiDocs: string;
  requests: string;
  signIn: { title: string; lead: string; button: string; note: string };
  signedOut: { title: string; lead: string; command: string; after: string };
  refused: { title: string; used: string; expired: string; unknown: string; again: string };
  loggedOut: string;
  docsTitle: string;
  docsNeedsScript: string;
}

const vi: PageCopy = {
  title: "Quen · Lượt ghé và khách quen",
  tagline: "Lượt ghé và khách quen",
  otherLanguage: "English",
  skip: "Đến phần số liệu",
  signOut: "Đăng xuất",
  localMode: "Chế độ cục bộ: dữ liệu thử, không dùng cho cửa hàng thật.",
  needsScript: "Biểu đồ cần JavaScript. Số liệu vẫn lấy được dưới dạng CSV qua API.",
  apiDocs: "Tài liệu API",
  requests: "Yêu cầu về dữ liệu",
  signIn: {
    title: "Đăng nhập Quen",
    lead: "Liên kết này dùng được một lần. Bấm nút để mở phiên làm việc trên máy này.",
    button: "Đăng nhập",
    note: "Không bấm nếu bạn không vừa tạo liên kết này.",
  },
  signedOut: {
    title: "Bạn chưa đăng nhập",
    lead: "Trang này dành cho người vận hành. Hãy tạo một liên kết đăng nhập bằng lệnh:",
    command: "npm run quen -- sign-in",
    after: "rồi mở liên kết được in ra. Mỗi liên kết dùng được một lần.",
  },
  refused: {
    title: "Không đăng nhập được",
    used: "Liên kết này đã được dùng rồi.",
    expired: "Liên kết này đã hết hạn.",
    unknown: "Liên kết này không đúng hoặc bị cắt mất một phần.",
    again: "Hãy tạo một liên kết mới bằng lệnh:",
  },
  loggedOut: "Bạn đã đăng xuất.",
  docsTitle: "Quen · Tài liệu API",
  docsNeedsScript: "Trang này cần JavaScript. Mô tả API ở dạng máy đọc được nằm tại",
};

const en: PageCopy = {
  title: "Quen · Visits and regulars",
  tagline: "Visits and regulars",
  otherLanguage: "Tiếng Việt",
  skip: "Skip to the numbers",
  signOut: "Sign out",
  localMode: "Local mode: trial data, not for a real store.",
  needsScript: "The charts need JavaScript. The numbers are available as CSV from the API.",
  apiDocs: "API docs",
  requests: "Data requests",
  signIn: {
    title: "Sign in to Quen",
    lead: "This link works once. Press the button to start a session on this device.",
    button: "Sign in",
    note: "Do not press it unless you have just made this link.",
  },
  signedOut: {
    title: "You are not signed in",
    lead: "This page is for operators. Make a sign-in link with the command:",
    command: "npm run quen -- sign-in",
    after: "and open the link it prints. Each link works once.",
  },
  refused: {
    title: "That did not sign you in",
    used: "This link has been used already.",
    expired: "This link has expired.",
    unknown: "This link is not known or part of it is missing.",
    again: "Make a new link with the command:",
  },
  loggedOut: "You are signed out.",
  docsTitle: "Quen · API docs",
  docsNeedsScript: "This page needs JavaScript. The machine-readable description of the API is at",
};

export const pageCopy = (language: Language): PageCopy => (language === "vi" ? vi : en);
