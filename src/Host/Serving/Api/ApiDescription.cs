using DklActors.Host.Serving.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DklActors.Host.Serving.Api;

/// <summary>The OpenAPI document.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "DklActors";
            document.Info.Version = "1";
            document.Info.Description =
                "Experiments on electron microscopes. Commands name their client by X-Dkl-Client and X-Dkl-Name.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [TokenHandler.SchemeName] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "The observer's or the controller's token of tokens.json.",
                },
            };
            return Task.CompletedTask;
        });
    }
}
