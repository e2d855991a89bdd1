// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.util.List;
import java.util.Locale;

/** The words of every reply that are for people, in each language (RFC 6856 §3). {@code %s} stands for a value. */
enum Phrase {
    /** For replies that are for programs alone. */
    NONE("", ""),
    READY("%s POP3 ready", "%s POP3 服务已就绪"),
    SEND_PASS("send PASS", "请发送 PASS"),
    DONE("done", "已完成"),
    BEGIN_TLS("begin TLS", "请开始 TLS"),
    BYE("bye", "再见"),
    CAPABILITIES("capabilities", "功能列表"),
    MECHANISMS("mechanisms", "登录机制列表"),
    MESSAGES("%s messages", "%s 封邮件"),
    MESSAGES_AND_OCTETS("%s messages, %s octets", "%s 封邮件，共 %s 字节"),
    OCTETS("%s octets", "%s 字节"),
    UTF8_ON("UTF-8 from now on", "从现在起使用 UTF-8"),
    LANGUAGES("languages", "语言列表"),
    LANGUAGE_CHOSEN("this is the language now", "已切换为此语言"),

    UNKNOWN_COMMAND("unknown command", "未知命令"),
    LINE_TOO_LONG("the line is too long", "该行过长"),
    LOG_IN_FIRST("log in first", "请先登录"),
    LOGGED_IN("you are logged in", "您已登录"),
    USER_FIRST("send USER first", "请先发送 USER"),
    TLS_FIRST("encrypt first: STLS, or the port for TLS", "请先加密：使用 STLS 或 TLS 端口"),
    TLS_IS_ON("TLS is on", "TLS 已启用"),
    TLS_BEFORE_UTF8("STLS may not follow UTF8", "UTF8 之后不能再使用 STLS"),
    NO_SUCH_LANGUAGE("not this language; LANG alone lists those known", "不支持该语言；单独发送 LANG 可列出支持的语言"),
    NO_SUCH_MECHANISM("unknown mechanism; AUTH alone lists those known", "未知的登录机制；单独发送 AUTH 可列出支持的机制"),
    CANCELLED("cancelled", "已取消"),
    NOT_BASE64("that was not Base64", "不是 Base64 编码"),
    MALFORMED("%s", "登录数据格式有误（%s）"),
    LOGIN_FAILED("name or password is wrong", "用户名或密码错误"),
    IN_USE("another POP3 session has this maildrop", "该邮箱正被另一个 POP3 会话使用"),
    NO_SUCH_MESSAGE("no such message", "没有这封邮件"),
    REMOVED("this message was removed meanwhile", "这封邮件已被其他会话删除"),
    NEEDS_UTF8("the header of this message needs UTF-8: send UTF8 before the login", "这封邮件的信头需要 UTF-8：请在登录前发送 UTF8"),
    TRY_LATER("not possible now, try again later", "现在无法处理，请稍后再试"),
    NOT_DELETED("the deletions were not made, nothing is lost; connect again", "删除未执行，邮件没有丢失；请重新连接"),
    LEASE_LOST("the maildrop was unlocked meanwhile; connect again", "邮箱锁定已解除；请重新连接"),
    INJECTION("octets before TLS began", "TLS 开始之前收到了数据"),
    NOT_HTTP("this is POP3", "这是 POP3 服务"),
    TOO_MANY_ERRORS("too many errors", "错误过多"),
    GOING_DOWN("the server is going down", "服务器正在关闭"),

    ENDS_IN_CRLF("a line ends in CRLF", "每行必须以 CRLF 结束"),
    NO_CONTROL("a control character may not stand in a command", "命令中不能含有控制字符"),
    NO_ARGUMENT("this command takes no argument", "该命令不带参数"),
    USER_ARGUMENT("USER takes a name", "USER 需要用户名"),
    PASS_ARGUMENT("PASS takes a password", "PASS 需要密码"),
    AUTH_ARGUMENT("AUTH takes a mechanism and at most one response", "AUTH 需要一个登录机制，最多带一个响应"),
    RETR_ARGUMENT("RETR takes a message number", "RETR 需要邮件编号"),
    DELE_ARGUMENT("DELE takes a message number", "DELE 需要邮件编号"),
    TOP_ARGUMENT("TOP takes a message number and a number of lines", "TOP 需要邮件编号和行数"),
    ONE_NUMBER("at most one message number", "最多一个邮件编号"),
    NOT_UTF8("a command is UTF-8", "命令必须为 UTF-8 编码"),
    NOT_PREPARED("no name and no password has such characters", "用户名或密码包含不允许的字符"),
    LANG_ARGUMENT("LANG takes at most one language", "LANG 最多带一个语言标记");

    private final String english;
    private final String chinese;

    Phrase(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /** The text, each {@code %s} replaced by a value. */
    String in(Pop3Language language, List<Object> values) {
        String text = switch (language) {
            case DEFAULT, ENGLISH -> english;
            case CHINESE -> chinese;
        };
        return String.format(Locale.ROOT, text, values.toArray());
    }
}
