using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Contract;
using Microsoft.AspNetCore.Http;

namespace DklActors.Host.Serving.Api;

/// <summary>Lets only the client through that has the seat.</summary>
internal sealed class SeatFilter(SeatKeeper seats) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var client = Client.Of(context.HttpContext.Request);
        Seat? holder = seats.Holder;
        return holder?.Client == client.Id ? next(context) : throw ApiException.NotInTheSeat(holder);
    }
}
