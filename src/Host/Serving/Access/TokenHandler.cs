using System.Security.Claims;
using System.Text.Encodings.Web;
using DklActors.Host.Serving.Api;
using DklActors.Host.Trainers.Secrets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DklActors.Host.Serving.Access;

/// <summary>Knows a request's role by its bearer token; on the hub's path also by <c>access_token</c>.</summary>
/// <remarks>A browser's WebSocket can send no header; nowhere else is a token taken from an address, which logs keep.
/// </remarks>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessTokens tokens,
    TrainerToken trainers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = SchemeName + " ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        string? token = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim()
            : Request.Path.StartsWithSegments(Routes.Live) ? Request.Query["access_token"].ToString()
            : null;
        if (string.IsNullOrEmpty(token))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if ((trainers.Is(token) ? Role.Trainer : tokens.RoleOf(token)) is not { } role)
        {
            return Task.FromResult(AuthenticateResult.Fail("The token is unknown."));
        }

        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(identity.RoleClaimType, role.ToString()));
        if (role != Role.Trainer)
        {
            // A controller sees what an observer sees.
            identity.AddClaim(new Claim(identity.RoleClaimType, nameof(Role.Observer)));
        }

        return Task.FromResult(AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return Problems.WriteAsync(
            Context,
            StatusCodes.Status401Unauthorized,
            "The request has no token that this daemon knows.",
            "Send 'Authorization: Bearer TOKEN'; the tokens are in tokens.json of the daemon's data folder.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.WriteAsync(
        Context,
        StatusCodes.Status403Forbidden,
        "The token does not allow that: an observer may look and not command, a trainer node handle contents alone.",
        "Use the token of the right role, from the daemon's data folder.");
}
