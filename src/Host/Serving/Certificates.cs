using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DklActors.Host.Commands;

namespace DklActors.Host.Serving;

/// <summary>Reads the certificate for https.</summary>
internal static class Certificates
{
    /// <summary>Environment variable with the password of a PFX file.</summary>
    public const string PasswordVariable = "DKL_CERTIFICATE_PASSWORD";

    /// <exception cref="UsageException">The file cannot be read, or holds no private key.</exception>
    public static X509Certificate2 Read(ServeRequest request)
    {
        string file = request.Certificate!;
        try
        {
            bool isPem = Path.GetExtension(file).ToLowerInvariant() is ".pem" or ".crt" or ".cer";
            X509Certificate2 certificate = isPem
                ? X509Certificate2.CreateFromPemFile(file, request.CertificateKey)
                : X509CertificateLoader.LoadPkcs12FromFile(
                    file, Environment.GetEnvironmentVariable(PasswordVariable));
            return certificate.HasPrivateKey
                ? certificate
                : throw new UsageException($"{file} holds no private key: name it with --certificate-key.");
        }
        catch (Exception exception) when (exception is CryptographicException or IOException
            or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{file} is no certificate that can be used ({exception.Message}); give a PEM or PFX file, and the "
                + $"password of a PFX in {PasswordVariable}.");
        }
    }
}
