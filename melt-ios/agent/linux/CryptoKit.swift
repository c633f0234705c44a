// Stands in for Apple's module of that name, over libcrypto.
import Foundation

@_silgen_name("EVP_MD_CTX_new") private func EVP_MD_CTX_new() -> OpaquePointer
@_silgen_name("EVP_MD_CTX_free") private func EVP_MD_CTX_free(_ context: OpaquePointer)
@_silgen_name("EVP_sha256") private func EVP_sha256() -> OpaquePointer
@_silgen_name("EVP_DigestInit_ex")
private func EVP_DigestInit_ex(_ context: OpaquePointer, _ type: OpaquePointer, _ engine: OpaquePointer?) -> Int32
@_silgen_name("EVP_DigestUpdate")
private func EVP_DigestUpdate(_ context: OpaquePointer, _ data: UnsafeRawPointer?, _ count: Int) -> Int32
@_silgen_name("EVP_DigestFinal_ex")
private func EVP_DigestFinal_ex(
    _ context: OpaquePointer, _ digest: UnsafeMutablePointer<UInt8>, _ count: UnsafeMutablePointer<UInt32>?
) -> Int32

public struct SHA256 {
    private final class Context {
        let handle = EVP_MD_CTX_new()

        deinit {
            EVP_MD_CTX_free(handle)
        }
    }

    private let context = Context()

    public init() {
        _ = EVP_DigestInit_ex(context.handle, EVP_sha256(), nil)
    }

    public mutating func update(data: Data) {
        data.withUnsafeBytes { _ = EVP_DigestUpdate(context.handle, $0.baseAddress, $0.count) }
    }

    public func finalize() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = EVP_DigestFinal_ex(context.handle, &digest, nil)
        return digest
    }
}
