using DklActors.Host.Recipes;
using DklActors.Host.Serving.Contract;
using Microsoft.AspNetCore.Http;

namespace DklActors.Host.Serving.Api;

/// <summary>A request that cannot be answered as asked: becomes application/problem+json.</summary>
internal sealed class ApiException : Exception
{
    private ApiException(int status, string detail, string remedy)
        : base(detail)
    {
        Status = status;
        Remedy = remedy;
    }

    public int Status { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }

    public IReadOnlyList<RecipeErrorView> Errors { get; private init; } = [];

    public Seat? Seat { get; private init; }

    public static ApiException BadRequest(string detail, string remedy) =>
        new(StatusCodes.Status400BadRequest, detail, remedy);

    public static ApiException NotFound(string detail, string remedy) =>
        new(StatusCodes.Status404NotFound, detail, remedy);

    /// <summary>The state of things does not allow it.</summary>
    public static ApiException Conflict(string detail, string remedy) =>
        new(StatusCodes.Status409Conflict, detail, remedy);

    /// <summary>Somebody else has the seat, or nobody.</summary>
    public static ApiException NotInTheSeat(Seat? holder) => new(
        StatusCodes.Status409Conflict,
        holder is null
            ? "Nobody has the seat, and this command is given from it."
            : $"{holder.Name} has the seat since {holder.Since:u}, and this command is given from it.",
        holder is null ? "Take the seat first." : "Ask them to leave it, or take it over.")
    {
        Seat = holder,
    };

    /// <summary>What was sent can be read and not be used.</summary>
    public static ApiException Unusable(string detail, string remedy) =>
        new(StatusCodes.Status422UnprocessableEntity, detail, remedy);

    public static ApiException Unusable(IReadOnlyList<RecipeError> errors) => new(
        StatusCodes.Status422UnprocessableEntity,
        errors.Count == 1 ? $"{errors[0].Key}: {errors[0].Problem}" : $"{errors.Count} things are wrong with the keys.",
        errors.Count == 1 ? errors[0].Remedy : "Mend each of the errors.")
    {
        Errors = [.. errors.Select(RecipeErrorView.Of)],
    };

    public static ApiException ShuttingDown() => new(
        StatusCodes.Status503ServiceUnavailable,
        "The daemon is shutting down and begins nothing any more.",
        "Ask again when it is back.");
}
