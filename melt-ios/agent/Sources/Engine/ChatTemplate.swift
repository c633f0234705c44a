import Foundation
import llama

/// How a model wants a conversation to be written. Only what a turn adds is written: the end of the answer before, the new message and the
/// head of the new answer. Templates write a message after the other, so that addition does not depend on what was said before.
struct ChatTemplate {
    private struct Message {
        let role: String
        let content: String

        static func user(_ content: String) -> Message {
            Message(role: "user", content: content)
        }
    }

    private let template: String
    /// `model`, or `chatml` where the model has no template, or one that llama.cpp does not know.
    let origin: String

    init(of model: OpaquePointer) {
        if let own = llama_model_chat_template(model, nil).map({ String(cString: $0) }),
            ChatTemplate.apply(own, [.user("?")]) != nil
        {
            template = own
            origin = "model"
        } else {
            template = "chatml"
            origin = "chatml"
        }
    }

    /// What the first message of a conversation puts into the context.
    func first(_ prompt: String) -> String {
        written([.user(prompt)])
    }

    /// What a later message adds to it.
    func next(_ prompt: String) -> String {
        let before = written([.user("")])
        let after = written([.user(""), Message(role: "assistant", content: ""), .user(prompt)])
        return after.utf8.starts(with: before.utf8)
            ? String(decoding: after.utf8.dropFirst(before.utf8.count), as: UTF8.self) : first(prompt)
    }

    private func written(_ messages: [Message]) -> String {
        ChatTemplate.apply(template, messages) ?? ""
    }

    private static func apply(_ template: String, _ messages: [Message]) -> String? {
        let texts = messages.map { (role: strdup($0.role), content: strdup($0.content)) }
        defer {
            for text in texts {
                free(text.role)
                free(text.content)
            }
        }
        let chat = texts.map { llama_chat_message(role: $0.role, content: $0.content) }
        let size = messages.reduce(0) { $0 + $1.role.utf8.count + $1.content.utf8.count }
        var text = [CChar](repeating: 0, count: 2 * size + 1024)
        var length = llama_chat_apply_template(template, chat, chat.count, true, &text, Int32(text.count))
        if length > Int32(text.count) {
            text = [CChar](repeating: 0, count: Int(length))
            length = llama_chat_apply_template(template, chat, chat.count, true, &text, Int32(text.count))
        }
        return length < 0 ? nil : String(decoding: text.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
